from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("botworker", "0013_first_keywords"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                (
                    "name",
                    models.CharField(
                        default="sending", max_length=16, primary_key=True, serialize=False
                    ),
                ),
                ("since", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
                ("backup_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "botworker_hold",
            },
        ),
    ]
