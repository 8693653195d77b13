"""Addresses of what is done to a project itself."""

from __future__ import annotations

from django.urls import path

from tec.projects import join_views, member_views, views

urlpatterns = [
    path("projects/new/", views.create, name="project-create"),
    path("projects/<slug:slug>/edit/", views.edit, name="project-edit"),
    path("projects/<slug:slug>/archive/", views.archive, name="project-archive"),
    path("projects/<slug:slug>/restore/", views.restore, name="project-restore"),
    path("projects/<slug:slug>/delete/", views.delete, name="project-delete"),
    path("projects/<slug:slug>/members/", member_views.members, name="member-list"),
    path("projects/<slug:slug>/members/add/", member_views.add, name="member-add"),
    path("projects/<slug:slug>/members/invite/", member_views.invite_by_link, name="member-invite"),
    path("projects/<slug:slug>/members/leave/", member_views.leave, name="member-leave"),
    path("projects/<slug:slug>/members/<int:member>/", member_views.change, name="member-detail"),
    path("projects/<slug:slug>/members/<int:member>/remove/", member_views.remove, name="member-remove"),
    path(
        "projects/<slug:slug>/invitations/<int:invitation>/withdraw/",
        member_views.withdraw,
        name="invitation-withdraw",
    ),
    path("projects/<slug:slug>/rights/", member_views.rights, name="project-rights"),
    path("join/<str:token>/", join_views.join, name="join"),
]
