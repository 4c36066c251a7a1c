"""Words in chat that the bot answers."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Guild

A_WORD = RegexValidator(r"^\w(.*\w)?\Z", _("Write a word, without spaces or signs around it."))


class KeywordReply(models.Model):
    """Whoever writes this word is answered so, by a reply that notifies nobody."""

    # None: on every server, and privately.
    guild = models.ForeignKey(
        Guild, models.CASCADE, null=True, blank=True, related_name="keyword_replies"
    )
    word = models.CharField(max_length=64, validators=[A_WORD])
    reply = models.TextField(max_length=1000)
    is_active = models.BooleanField(default=True)

    class Meta:
        db_table = "botworker_keyword_replies"
        ordering = ["word", "pk"]
        verbose_name = _("keyword reply")
        verbose_name_plural = _("keyword replies")
        constraints = [
            models.UniqueConstraint(Lower("word"), "guild", name="one_reply_per_word_and_guild"),
            models.UniqueConstraint(
                Lower("word"), name="one_reply_per_word", condition=Q(guild=None)
            ),
        ]

    def __str__(self) -> str:
        return self.word
