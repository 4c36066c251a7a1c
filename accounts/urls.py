from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("second-factor/", views.factor, name="second_factor"),
    path("discord/login/", views.discord, name="discord_login"),
    path("discord/login/callback/", views.callback, name="discord_callback"),
]
