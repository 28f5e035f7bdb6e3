"""Repositories, branches, collaborators and the identity behind a token."""

from __future__ import annotations

from fakegithub import render, render_git
from fakegithub.web import Request, Response, forbidden, listing, not_found, operation


@operation("repos/get", "metadata:read")
def get(request: Request) -> Response:
    """A repository."""
    return Response(200, render.full_repository(request.github.links, request.repo))


@operation("repos/list-for-org", "metadata:read")
def of_organisation(request: Request) -> Response:
    """The repositories of an organisation; `sources` are those that are no forks."""
    owner, sort = request.params["org"], request.query.get("type", "all")
    owned = [repo for repo in request.github.repos.values() if repo.full_name.startswith(f"{owner}/")]
    if not owned:
        raise not_found()
    listed = [repo for repo in owned if sort != "sources" or repo.parent is None]
    return listing(request, listed, lambda repo: render.repository(request.github.links, repo))


@operation("repos/get-branch", "contents:read")
def branch(request: Request) -> Response:
    """A branch and its last commit."""
    repo, name, links = request.repo, request.params["branch"], request.github.links
    if name not in repo.branches:
        raise not_found()
    url = f"{links.repo(repo)}/branches/{name}"
    body = {
        "name": name,
        "commit": render_git.commit(links, repo, repo.store.info(repo.branches[name])),
        "_links": {"self": url, "html": f"{links.html}/{repo.full_name}/tree/{name}"},
        "protected": name in repo.needs_resolution,
        "protection": {"enabled": name in repo.needs_resolution},
        "protection_url": f"{url}/protection",
    }
    return Response(200, body)


@operation("repos/get-branch-rules", "metadata:read")
def branch_rules(request: Request) -> Response:
    """The rules that hold for a branch; any reader may know them."""
    repo, name = request.repo, request.params["branch"]
    parameters = {
        "required_approving_review_count": 0,
        "dismiss_stale_reviews_on_push": False,
        "require_code_owner_review": False,
        "require_last_push_approval": False,
        "required_review_thread_resolution": True,
    }
    rule = {
        "type": "pull_request",
        "parameters": parameters,
        "ruleset_source_type": "Repository",
        "ruleset_source": repo.full_name,
        "ruleset_id": 1,
    }
    return listing(request, [rule] if name in repo.needs_resolution else [], lambda item: item)


@operation("repos/get-branch-protection", "administration:read")
def branch_protection(request: Request) -> Response:
    """A branch's protection: for administrators only, in public repositories too."""
    repo, name = request.repo, request.params["branch"]
    if request.token is None or not request.token.allows("administration", "read"):
        raise forbidden()
    if name not in repo.needs_resolution:
        raise not_found()
    return Response(200, {"required_conversation_resolution": {"enabled": True}})


@operation("repos/get-collaborator-permission-level", "metadata:read")
def permission(request: Request) -> Response:
    """What a user may do in a repository."""
    repo, login = request.repo, request.params["username"]
    who = request.github.users.get(login)
    if who is None:
        raise not_found()
    role = repo.role(who)
    old = {"maintain": "write", "triage": "read"}.get(role, role)
    return Response(200, {"permission": old, "role_name": role, "user": _collaborator(request, login, role)})


def _collaborator(request: Request, login: str, role: str) -> dict[str, object]:
    order = ("read", "triage", "write", "maintain", "admin")
    names = ("pull", "triage", "push", "maintain", "admin")
    has = order.index(role) if role in order else -1
    permissions = {name: index <= has for index, name in enumerate(names)}
    shown = render.user(request.github.links, request.github.users[login])
    return shown | {"permissions": permissions, "role_name": role}


@operation("users/get-authenticated")
def me(request: Request) -> Response:
    """Who a token acts for: an installation has no user."""
    actor = request.actor
    if request.token and request.token.installation:
        raise forbidden()
    return Response(200, _public_user(request, actor.login))


@operation("users/get-by-username")
def someone(request: Request) -> Response:
    """A user's public profile."""
    if request.params["username"] not in request.github.users:
        raise not_found()
    return Response(200, _public_user(request, request.params["username"]))


def _public_user(request: Request, login: str) -> dict[str, object]:
    profile = dict.fromkeys(("name", "company", "location", "email", "hireable", "bio"))
    counts = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
    times = dict.fromkeys(("created_at", "updated_at"), "2020-01-01T00:00:00Z")
    return render.user(request.github.links, request.github.users[login]) | profile | counts | times | {"blog": ""}


@operation("rate-limit/get")
def rate_limit(request: Request) -> Response:
    """What is left of the limits; asking costs nothing."""
    meter = request.github.meter
    meter.used -= 1
    limit = meter.limits.requests_per_hour
    core = {"limit": limit, "used": meter.used, "remaining": limit - meter.used, "reset": meter.reset}
    return Response(200, {"resources": {"core": core, "search": core}, "rate": core})
