from django.urls import path

from botworker import views

urlpatterns = [
    path("telegram/<slug:secret>/", views.telegram, name="telegram_webhook"),
]
