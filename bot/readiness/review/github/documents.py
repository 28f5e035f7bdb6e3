"""The GraphQL documents that the review uses."""

COMMENT = """
fragment Words on Comment {
  id body authorAssociation viewerDidAuthor author { login __typename } editor { login }
}
"""

PULL = (
    """
query Pull($owner: String!, $name: String!, $number: Int!) {
  viewer { login }
  repository(owner: $owner, name: $name) {
    url
    pullRequest(number: $number) {
      id body headRefOid baseRefOid baseRefName headRefName isDraft state mergeable isCrossRepository
      author { login }
      begun: reviews(states: PENDING, first: 10) {
        nodes { ...Words comments(first: 100) { nodes { ...Words fullDatabaseId url isMinimized } } }
      }
      done: reviews(states: COMMENTED, last: 100) { nodes { ...Words } }
    }
  }
}
"""
    + COMMENT
)

THREADS = (
    """
query Threads($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviewThreads(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes {
          id path line isResolved isOutdated viewerCanResolve resolvedBy { login }
          comments(first: 100) { nodes { ...Words fullDatabaseId url isMinimized state } }
        }
      }
    }
  }
}
"""
    + COMMENT
)

CONVERSATION = (
    """
query Conversation($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) {
        pageInfo { hasNextPage endCursor }
        nodes { ...Words fullDatabaseId url isMinimized }
      }
    }
  }
}
"""
    + COMMENT
)

PULLS = (
    """
query Pulls($owner: String!, $name: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequests(first: 25, after: $after, orderBy: {field: CREATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        number state author { login }
        reviewThreads(first: 100) {
          nodes {
            id path line isResolved isOutdated viewerCanResolve resolvedBy { login }
            comments(first: 20) { nodes { ...Words fullDatabaseId url isMinimized state } }
          }
        }
        comments(first: 100) { nodes { ...Words fullDatabaseId url isMinimized } }
      }
    }
  }
}
"""
    + COMMENT
)

TOLD = (
    """
query Told($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { createdAt }
    pullRequests(first: 25, orderBy: {field: CREATED_AT, direction: DESC}) {
      nodes {
        number createdAt
        reviewThreads(first: 50) { nodes { comments(first: 1) { nodes { ...Words fullDatabaseId url isMinimized } } } }
      }
    }
  }
}
"""
    + COMMENT
)

HEAD = """
query Head($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { headRefOid state } }
}
"""

START_REVIEW = """
mutation Start($pull: ID!, $commit: GitObjectID!, $body: String!) {
  addPullRequestReview(input: {pullRequestId: $pull, commitOID: $commit, body: $body}) { pullRequestReview { id } }
}
"""

ADD_LINE_THREAD = """
mutation AddLine($review: ID!, $path: String!, $body: String!, $line: Int!, $start: Int, $startSide: DiffSide) {
  addPullRequestReviewThread(input: {
    pullRequestReviewId: $review, path: $path, body: $body, subjectType: LINE, line: $line, side: RIGHT,
    startLine: $start, startSide: $startSide
  }) { thread { id } }
}
"""

ADD_FILE_THREAD = """
mutation AddFile($review: ID!, $path: String!, $body: String!) {
  addPullRequestReviewThread(input: {pullRequestReviewId: $review, path: $path, body: $body, subjectType: FILE}) {
    thread { id }
  }
}
"""

SUBMIT_REVIEW = """
mutation Submit($review: ID!) {
  submitPullRequestReview(input: {pullRequestReviewId: $review, event: COMMENT}) { pullRequestReview { id } }
}
"""

DROP_REVIEW = """
mutation Drop($review: ID!) {
  deletePullRequestReview(input: {pullRequestReviewId: $review}) { pullRequestReview { id } }
}
"""

RESOLVE = """
mutation Resolve($thread: ID!) { resolveReviewThread(input: {threadId: $thread}) { thread { isResolved } } }
"""
