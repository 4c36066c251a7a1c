"""Every table that leads to a person is handed out to them, and erased, or says why not."""

from django.apps import apps
from django.db.models import Model

from accounts.models import User
from slomix import belongings


def leads_to_people() -> set[str]:
    """Return the models with a path to User, however long; join tables go with their model."""
    found: set[type[Model]] = {User}
    models = [model for model in apps.get_models() if not model._meta.auto_created]
    while True:
        more = {
            model
            for model in models
            if model not in found
            and any(
                field.related_model in found
                for field in model._meta.get_fields()
                if field.concrete and field.is_relation
            )
        }
        if not more:
            return {model._meta.label for model in found}
        found |= more


def test_every_path_to_a_person_is_exported_or_says_why_not() -> None:
    known = set(belongings.EXPORT) | set(belongings.EXEMPT_EXPORT) | belongings.UNUSED

    assert leads_to_people() - known == set()


def test_every_path_to_a_person_is_erased_or_says_why_not() -> None:
    known = set(belongings.ERASE) | set(belongings.EXEMPT_ERASE) | belongings.UNUSED

    assert leads_to_people() - known == set()


def test_the_tables_name_nothing_that_is_not_there() -> None:
    labels = {model._meta.label for model in apps.get_models()}
    done = {*belongings.EXPORT, *belongings.ERASE}
    excused = {*belongings.EXEMPT_EXPORT, *belongings.EXEMPT_ERASE, *belongings.UNUSED}

    assert (done | excused) - labels == set()


def test_nothing_is_both_done_and_excused() -> None:
    assert not set(belongings.EXPORT) & set(belongings.EXEMPT_EXPORT)
    assert not set(belongings.ERASE) & set(belongings.EXEMPT_ERASE)
