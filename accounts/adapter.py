from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter): ...


class DiscordAdapter(DefaultSocialAccountAdapter): ...
