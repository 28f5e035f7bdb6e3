"""Commits, comparisons, trees, blobs, contents and archives."""

from __future__ import annotations

import base64
import posixpath

from fakegithub import render_git
from fakegithub.downloads import archive_address
from fakegithub.gitstore import Entry
from fakegithub.state import Repo
from fakegithub.web import ApiError, Json, Request, Response, listing, not_found, operation, page

MEGABYTE = 1_000_000


def _commit(repo: Repo, ref: str) -> str:
    sha = repo.resolve(ref)
    if sha is None:
        raise not_found()
    return sha


@operation("repos/get-commit", "contents:read")
def commit(request: Request) -> Response:
    """A commit with the files that it changed."""
    repo, github = request.repo, request.github
    sha = _commit(repo, request.params["ref"])
    if "sha" in request.accept.partition(",")[0].rpartition(".")[2]:
        return Response(200, sha.encode(), {"Content-Type": "application/vnd.github.sha; charset=utf-8"})
    info = repo.store.info(sha)
    changed = list(github.diff(repo, info.parents[0], sha)) if info.parents else []
    files, headers = page(request, changed)
    shown = [render_git.diff_entry(github.links, repo, sha, file) for file in files]
    return Response(200, render_git.commit(github.links, repo, info) | {"files": shown}, headers)


@operation("git/get-commit", "contents:read")
def git_commit(request: Request) -> Response:
    """A commit as git has it."""
    repo = request.repo
    sha = _commit(repo, request.params["commit_sha"])
    return Response(200, render_git.git_commit(request.github.links, repo, repo.store.info(sha)))


@operation("git/get-ref", "contents:read")
def ref(request: Request) -> Response:
    """What a branch points at."""
    repo, name, links = request.repo, request.params["ref"], request.github.links
    sha = repo.branches.get(name.removeprefix("heads/"))
    if sha is None or not name.startswith("heads/"):
        raise not_found()
    url = f"{links.repo(repo)}/git"
    target = {"type": "commit", "sha": sha, "url": f"{url}/commits/{sha}"}
    return Response(
        200, {"ref": f"refs/{name}", "node_id": f"REF_{name}", "url": f"{url}/refs/{name}", "object": target}
    )


def _compared(request: Request, name: str) -> str:
    """The commit of `branch`, `owner:branch` or a commit's name."""
    owner, _, ref = name.rpartition(":")
    repo = request.github.repository(f"{owner}/{request.repo.name}") if owner else request.repo
    return _commit(repo, ref)


@operation("repos/compare-commits-with-basehead", "contents:read")
def compare(request: Request) -> Response:
    """Two commits compared from their merge base; the files are on the first page only, 300 at most."""
    repo, github = request.repo, request.github
    base_name, _, head_name = request.params["basehead"].partition("...")
    base, head = _compared(request, base_name), _compared(request, head_name)
    merge_base = repo.store.merge_base(base, head)
    if merge_base is None:
        raise ApiError(404, f"No common ancestor between {base_name} and {head_name}.")
    ahead, behind = repo.store.between(base, head), repo.store.between(head, base)
    size = 250 if "per_page" not in request.query else None
    commits, headers = (list(ahead[:size]), {}) if size else page(request, list(ahead))
    body = _comparison(request, repo, (base, merge_base, head), (len(ahead), len(behind)))
    body["commits"] = [render_git.commit(github.links, repo, repo.store.info(sha)) for sha in commits]
    if request.query.get("page", "1") == "1":
        files = github.diff(repo, merge_base, head)[: github.max_compare_files]
        body["files"] = [render_git.diff_entry(github.links, repo, head, file) for file in files]
    return Response(200, body, headers)


def _comparison(request: Request, repo: Repo, shas: tuple[str, str, str], counts: tuple[int, int]) -> Json:
    links, (base, merge_base, head), (ahead, behind) = request.github.links, shas, counts
    status = {(True, True): "diverged", (True, False): "ahead", (False, True): "behind", (False, False): "identical"}
    page_url = f"{links.html}/{repo.full_name}/compare/{base}...{head}"
    return {
        "url": f"{links.repo(repo)}/compare/{base}...{head}",
        "html_url": page_url,
        "permalink_url": page_url,
        "diff_url": f"{page_url}.diff",
        "patch_url": f"{page_url}.patch",
        "base_commit": render_git.commit(links, repo, repo.store.info(base)),
        "merge_base_commit": render_git.commit(links, repo, repo.store.info(merge_base)),
        "status": status[ahead > 0, behind > 0],
        "ahead_by": ahead,
        "behind_by": behind,
        "total_commits": ahead,
    }


@operation("git/get-tree", "contents:read")
def tree(request: Request) -> Response:
    """A tree, recursively if asked; a large one is cut short and says so."""
    repo, github = request.repo, request.github
    name = request.params["tree_sha"]
    sha = repo.resolve(name) or (name if repo.store.kind(name) == "tree" else None)
    if sha is None:
        raise not_found()
    entries = repo.store.tree(sha, recursive="recursive" in request.query)
    kept = [render_git.tree_entry(github.links, repo, entry) for entry in entries[: github.max_tree]]
    root = sha if repo.store.kind(sha) == "tree" else repo.store.info(sha).tree
    url = f"{github.links.repo(repo)}/git/trees/{root}"
    return Response(200, {"sha": root, "url": url, "tree": kept, "truncated": len(entries) > len(kept)})


@operation("git/get-blob", "contents:read")
def blob(request: Request) -> Response:
    """A blob, as base64 or as it is."""
    repo, sha = request.repo, request.params["file_sha"]
    if repo.store.kind(sha) != "blob":
        raise not_found()
    content = repo.store.blob(sha)
    if "raw" in request.accept:
        return Response(200, content, {"Content-Type": "application/vnd.github.raw; charset=utf-8"})
    body = {
        "sha": sha,
        "node_id": f"B_{sha}",
        "size": len(content),
        "url": f"{request.github.links.repo(repo)}/git/blobs/{sha}",
        "content": base64.encodebytes(content).decode(),
        "encoding": "base64",
    }
    return Response(200, body)


@operation("repos/get-content", "contents:read", "single_file:read")
def content(request: Request) -> Response:
    """A file, a folder, a link or a submodule at a commit."""
    repo, path = request.repo, request.params["path"].strip("/")
    sha = _commit(repo, request.query.get("ref", repo.default_branch))
    found = repo.store.entry(sha, path) if path else Entry("040000", "tree", sha, None, "")
    if found is None:
        raise not_found()
    found = _followed(repo, sha, found)
    if found.type == "tree":
        return Response(200, _folder(request, repo, sha, path))
    if found.type == "blob" and "raw" in request.accept:
        return Response(200, repo.store.blob(found.sha), {"Content-Type": "application/vnd.github.raw; charset=utf-8"})
    return Response(200, _file(request, repo, sha, found))


def _followed(repo: Repo, sha: str, entry: Entry) -> Entry:
    """The file that a link leads to, if it is in the repository: GitHub shows that instead of the link."""
    if entry.mode != "120000":
        return entry
    goal = repo.store.blob(entry.sha).decode(errors="replace")
    target = repo.store.entry(sha, posixpath.normpath(posixpath.join(posixpath.dirname(entry.path), goal)))
    return target if target and target.mode in ("100644", "100755") else entry


def _folder(request: Request, repo: Repo, sha: str, path: str) -> list[Json]:
    prefix = f"{path}/" if path else ""
    entries = repo.store.tree(f"{sha}:{path}")[:1000]
    placed = [Entry(e.mode, e.type, e.sha, e.size, prefix + e.path) for e in entries]
    return [_described(request, repo, sha, entry) for entry in placed]


def _described(request: Request, repo: Repo, sha: str, entry: Entry) -> Json:
    links = request.github.links
    url = f"{links.repo(repo)}/contents/{entry.path}?ref={sha}"
    git_url = f"{links.repo(repo)}/git/{entry.type}s/{entry.sha}"
    page_url = f"{links.html}/{repo.full_name}/blob/{sha}/{entry.path}"
    type_ = {"040000": "dir", "120000": "symlink", "160000": "submodule"}.get(entry.mode, "file")
    return {
        "type": type_,
        "size": entry.size or 0,
        "name": entry.path.rpartition("/")[2],
        "path": entry.path,
        "sha": entry.sha,
        "url": url,
        "git_url": git_url,
        "html_url": page_url,
        "download_url": page_url.replace("/blob/", "/raw/") if entry.type == "blob" else None,
        "_links": {"self": url, "git": git_url, "html": page_url},
    }


def _file(request: Request, repo: Repo, sha: str, entry: Entry) -> Json:
    described = _described(request, repo, sha, entry)
    if entry.mode == "160000":
        return described | {"submodule_git_url": f"{request.github.links.html}/vendor.git"}
    raw = repo.store.blob(entry.sha)
    if entry.mode == "120000":
        return described | {"target": raw.decode(errors="replace")}
    if len(raw) > MEGABYTE:
        return described | {"content": "", "encoding": "none"}
    return described | {"content": base64.encodebytes(raw).decode(), "encoding": "base64"}


@operation("repos/download-tarball-archive", "contents:read")
def tarball(request: Request) -> Response:
    """Sends the client to where the archive is."""
    repo = request.repo
    sha = _commit(repo, request.params["ref"])
    return Response(302, None, {"Location": archive_address(request, repo, sha)})


@operation("repos/list-commits", "contents:read")
def commits(request: Request) -> Response:
    """The history of a branch."""
    repo, links = request.repo, request.github.links
    sha = _commit(repo, request.query.get("sha", repo.default_branch))
    history = repo.store.git("rev-list", sha).decode().split()
    return listing(request, history, lambda item: render_git.commit(links, repo, repo.store.info(item)))
