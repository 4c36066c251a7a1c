from django.db import migrations

FIRST = (("Nanos", "NAN", 1), ("Skull", "SKL", 2))


def add(apps, schema_editor):
    """The two that the raid bot began with; whatever is there already stays as it is."""
    dungeons = apps.get_model("raids", "Dungeon").objects.using(schema_editor.connection.alias)
    for name, short_code, sort_order in FIRST:
        dungeons.get_or_create(
            folded=name.casefold(),
            defaults={"name": name, "short_code": short_code, "sort_order": sort_order},
        )


class Migration(migrations.Migration):
    dependencies = [("raids", "0001_first")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
