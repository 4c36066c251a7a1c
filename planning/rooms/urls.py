from django.urls import path

from planning.rooms import doors, views

urlpatterns = [
    path("", views.tonight, name="room"),
    path("<day:day>/", views.of_day, name="room_day"),
    path("draft/", views.draft, name="room_draft"),
    path("<day:day>/again/", doors.same_again, name="room_again"),
    path("open/", doors.open_room, name="room_open"),
    path("join/", doors.join, name="room_join"),
    path("leave/", doors.leave, name="room_leave"),
    path("names/", doors.suggest, name="room_suggest"),
    path("names/back/", doors.take_back_vote, name="room_unvote"),
    path("names/<int:pk>/vote/", doors.vote, name="room_vote"),
    path("names/<int:pk>/withdraw/", doors.withdraw, name="room_withdraw"),
    path("teams/", doors.arrange, name="room_teams"),
    path("wishes/", doors.wish, name="room_wish"),
    path("wishes/back/", doors.unwish, name="room_unwish"),
    path("standby/<int:pk>/accept/", doors.accept, name="room_accept"),
    path("standby/<int:pk>/decline/", doors.decline, name="room_decline"),
    path("standby/take/", doors.take_place, name="room_take"),
    path("ping/", doors.need_more, name="room_ping"),
    path("draft/start/", doors.start_draft, name="draft_start"),
    path("draft/pick/", doors.pick, name="draft_pick"),
    path("draft/back/", doors.take_back, name="draft_back"),
    path("draft/stop/", doors.stop_draft, name="draft_stop"),
]
