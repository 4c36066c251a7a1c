from django.urls import path

from promotions import views

urlpatterns = [
    path("promote/", views.promote, name="promote"),
    path("promote/sample/", views.sample, name="call_sample"),
    path("calls/<int:pk>/", views.call, name="call"),
    path("calls/<int:pk>/cancel/", views.cancel, name="call_cancel"),
    path("calls/<int:pk>/add/", views.add, name="call_add"),
    path("calls/<int:pk>/post/", views.say_in_channel, name="call_post"),
]
