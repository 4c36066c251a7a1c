from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("botworker", "0009_threads_and_followed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="tracked",
            name="form",
            field=models.CharField(
                choices=[
                    ("message", "Message"),
                    ("event", "Event"),
                    ("thread", "Thread"),
                    ("followed", "Followed"),
                    ("role", "Role"),
                    ("removed", "Removed"),
                ],
                default="message",
                max_length=8,
            ),
        ),
    ]
