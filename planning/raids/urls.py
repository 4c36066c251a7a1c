from django.urls import path

from planning.raids import doors, plan_page, views

urlpatterns = [
    path("", views.raids, name="raids"),
    path("on/<int:pk>/", views.of_server, name="raids_of"),
    path("on/<int:pk>/plan/", plan_page.plan, name="raid_plan"),
    path("on/<int:pk>/listed/", doors.listed, name="raids_listed"),
    path("<int:pk>/", views.raid, name="raid"),
    path("<int:pk>/vote/", doors.vote, name="raid_vote"),
    path("<int:pk>/leave/", doors.leave, name="raid_leave"),
    path("<int:pk>/rejoin/", doors.rejoin, name="raid_rejoin"),
    path("<int:pk>/finish/", doors.finish, name="raid_finish"),
    path("<int:pk>/cancel/", doors.cancel, name="raid_cancel"),
    path("<int:pk>/edit/", doors.edit, name="raid_edit"),
    path("<int:pk>/hand-over/", doors.hand_over, name="raid_hand_over"),
    path("<int:pk>/object/", doors.objects, name="raid_object"),
    path("<int:pk>/correct/", doors.correct, name="raid_correct"),
    path("<int:pk>/settle/", doors.settle, name="raid_settle"),
]
