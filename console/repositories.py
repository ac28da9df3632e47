"""The open repositories that a request works with; the pages and the API share them."""

from typing import Annotated

from fastapi import Depends, Request

from storage.bootstrap import Repositories


def repositories_of(request: Request) -> Repositories:
    """The repositories that the application was created with.

    Raises:
        TypeError: It was created without any, as for its description.
    """
    repositories = request.app.state.repositories
    if not isinstance(repositories, Repositories):
        raise TypeError("The application was created without repositories; pass them to create_*.")
    return repositories


OpenRepositories = Annotated[Repositories, Depends(repositories_of)]
