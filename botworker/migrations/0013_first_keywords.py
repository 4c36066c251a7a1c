from django.db import migrations

# The raid bot's two, switched off and without its pictures, which belong to others.
FIRST = (("nanomon", "🐲 Nanomon!"), ("approved", "✅ Approved."))


def add(apps, schema_editor):
    rows = apps.get_model("botworker", "KeywordReply").objects.using(schema_editor.connection.alias)
    for word, reply in FIRST:
        rows.get_or_create(word=word, guild=None, defaults={"reply": reply, "is_active": False})


class Migration(migrations.Migration):
    dependencies = [("botworker", "0012_keyword_replies")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop, elidable=False)]
