"""Holds an answer of the API against what is published about it."""

import re
from functools import cache
from typing import Any

import jsonschema_rs

from slomix.api import api

PATH_PARAMETER = re.compile(r"{[^}]*}")


@cache
def published() -> dict[str, Any]:
    """Return the description, made once."""
    found: dict[str, Any] = api.get_openapi_schema()
    return found


@cache
def validator(method: str, path: str, status: str) -> Any:
    """Return what judges the body of one status; None where nothing is carried."""
    told = published()["paths"][path][method.lower()]["responses"][status]
    if "content" not in told:
        return None
    schema = told["content"]["application/json"]["schema"]
    whole = {**schema, "components": published()["components"]}
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


@cache
def template_of(path: str) -> str | None:
    """Return the published path that an address belongs to; None for what is no operation."""
    for template in published()["paths"]:
        pattern = re.escape(template).replace(r"\{", "{").replace(r"\}", "}")
        if re.fullmatch(PATH_PARAMETER.sub("[^/]+", pattern), path):
            return str(template)
    return None


def judge(method: str, path: str, answer: Any) -> None:
    """Fail for a status or a body of an operation that is not as published."""
    template = template_of(path.split("?")[0])
    known = template and method.lower() in published()["paths"][template]
    if not known or template is None:
        return
    what = f"{method} {template} answered {answer.status_code}: {answer.content[:300]!r}"
    codes = published()["paths"][template][method.lower()]["responses"]
    assert str(answer.status_code) in codes, f"{what}, which is not described"
    judge_body = validator(method, template, str(answer.status_code))
    if judge_body is None:
        assert answer.content == b"", what
        return
    wrong = [f"{one.instance_path}: {one.message}" for one in judge_body.iter_errors(answer.json())]
    assert not wrong, f"{what}\n{wrong}"
