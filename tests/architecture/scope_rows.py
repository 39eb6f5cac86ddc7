"""The scope table: who reads and changes what in the newsroom, written out by hand and never computed.

Columns are offices, rows are seats. In a cell stands what somebody from that seat may do with a row of that office:

    E   reads and changes it
    r   reads it with its history, and changes nothing
    s   reads it as every member of staff does; its history stays closed
    -   never meets it: 404

Nobody deletes anything.
"""

PLACES = {
    "kab": "73.03",
    "sister": "73.71",
    "far": "11.01",
    "province": "73",
    "ministry": "00",
}
"""The offices: two kabupaten of one province, one of another, the province, the ministry."""

SEATS = {
    "author": ("writer", "kab"),
    "writer": ("writer", "kab"),
    "editor": ("editor", "kab"),
    "manager": ("manager", "kab"),
    "p_writer": ("writer", "province"),
    "p_editor": ("editor", "province"),
    "p_manager": ("manager", "province"),
    "supervisor": ("supervisor", "province"),
    "m_writer": ("writer", "ministry"),
    "m_manager": ("manager", "ministry"),
    "curator": ("curator", "ministry"),
    "administrator": ("administrator", "ministry"),
    "auditor": ("auditor", "ministry"),
}
"""The people, with their role and office. The author wrote what is there of "kab"; nobody else wrote anything."""

OUTSIDERS = ("former", "inactive", "anonymous")
"""A manager of "kab" until yesterday, one whose account is closed, and somebody who is not signed in."""


def grid(text: str) -> dict[str, dict[str, str]]:
    """Read a table: its first line names the columns, every other one some seats and their cells."""
    first, *lines = (line.split() for line in text.strip().splitlines())
    cells = {}
    for words in lines:
        seats, letters = words[: -len(first)], words[-len(first) :]
        for seat in seats:
            assert seat not in cells, f"{seat} stands twice"
            cells[seat] = dict(zip(first, letters, strict=True))
    assert set(cells) == set(SEATS), f"seats missing or unknown: {set(cells) ^ set(SEATS)}"
    return cells


WRITTEN = grid("""
                                     kab sister far province ministry
    author writer editor manager      E    -     -     -        -
    p_writer p_editor p_manager       -    -     -     E        -
    supervisor                        r    r     -     -        -
    m_writer m_manager                -    -     -     -        E
    curator administrator auditor     r    r     r     r        r
""")
EDITED = grid("""
                                     kab sister far province ministry
    author writer                     r    -     -     -        -
    editor manager                    E    -     -     -        -
    p_writer                          -    -     -     r        -
    p_editor p_manager                -    -     -     E        -
    supervisor                        r    r     -     -        -
    m_writer                          -    -     -     -        r
    m_manager                         -    -     -     -        E
    curator administrator auditor     r    r     r     r        r
""")
READ = grid("""
                                     kab sister far province ministry
    author writer editor manager      r    -     -     -        -
    p_writer p_editor p_manager       -    -     -     r        -
    supervisor                        r    r     -     -        -
    m_writer m_manager                -    -     -     -        r
    curator administrator auditor     r    r     r     r        r
""")
ANNOUNCED = grid("""
                                     kab sister far province ministry
    author writer                     r    s     s     s        s
    editor manager                    E    s     s     s        s
    p_writer                          s    s     s     r        s
    p_editor p_manager                s    s     s     E        s
    supervisor                        r    r     s     s        s
    m_writer                          s    s     s     s        r
    m_manager                         s    s     s     s        E
    curator administrator auditor     r    r     r     r        r
""")
KEPT = grid("""
                                     kab sister far province ministry
    author writer editor              r    s     s     s        s
    manager                           E    s     s     s        s
    p_writer p_editor                 s    s     s     r        s
    p_manager                         s    s     s     E        s
    supervisor                        r    r     s     s        s
    m_writer                          s    s     s     s        r
    m_manager                         s    s     s     s        E
    curator auditor                   r    r     r     r        r
    administrator                     E    E     E     E        E
""")
STAFF = grid("""
                                     kab sister far province ministry
    author writer editor              -    -     -     -        -
    manager                           E    -     -     -        -
    p_writer p_editor                 -    -     -     -        -
    p_manager                         -    -     -     E        -
    supervisor                        r    r     -     -        -
    m_writer                          -    -     -     -        -
    m_manager                         -    -     -     -        E
    curator auditor                   r    r     r     r        r
    administrator                     E    E     E     E        E
""")
TRAIL = grid("""
                                     kab sister far province ministry
    author writer editor              -    -     -     -        -
    manager                           r    -     -     -        -
    p_writer p_editor                 -    -     -     -        -
    p_manager                         -    -     -     r        -
    supervisor                        r    r     -     -        -
    m_writer                          -    -     -     -        -
    m_manager                         -    -     -     -        r
    curator administrator auditor     r    r     r     r        r
""")
SUPERIORS = grid("""
                                     kab sister far province ministry
    author writer editor              -    -     -     -        -
    manager                           r    -     -     -        -
    p_writer p_editor                 -    -     -     -        -
    p_manager                         -    -     -     r        -
    supervisor                        r    r     -     -        -
    m_writer                          -    -     -     -        -
    m_manager                         r    r     r     r        r
    curator auditor                   r    r     r     r        r
    administrator                     E    E     E     E        E
""")
HIGH_ROLES = grid("""
                                     province ministry
    author writer editor manager        -        -
    p_writer p_editor                   -        -
    p_manager                           r        -
    supervisor                          -        -
    m_writer                            -        -
    m_manager                           -        r
    curator auditor                     r        r
    administrator                       E        E
""")
REFERENCE = grid("""
                                     kab sister far province ministry
    author writer editor manager      s    s     s     s        s
    p_writer p_editor p_manager       s    s     s     s        s
    supervisor                        s    s     s     s        s
    m_writer m_manager                s    s     s     s        s
    curator auditor                   r    r     r     r        r
    administrator                     E    E     E     E        E
""")
TOLD = grid("""
                                     ministry
    author writer editor manager        -
    p_writer p_editor p_manager         -
    supervisor m_writer m_manager       -
    auditor                             r
    curator administrator               E
""")
RECORDED = grid("""
                                     kab sister far province ministry
    author writer editor              -    -     -     -        -
    manager                           r    -     -     -        -
    p_writer p_editor                 -    -     -     -        -
    p_manager                         -    -     -     r        -
    supervisor m_writer curator       -    -     -     -        -
    m_manager                         -    -     -     -        r
    administrator auditor             r    r     r     r        r
""")
DEMANDED = grid("""
                                     kab sister far province ministry
    author writer                     -    -    -     -        -
    editor manager                    r    -    -     -        -
    p_writer                          -    -    -     -        -
    p_editor p_manager                -    -    -     r        -
    supervisor                        r    r    -     -        -
    m_writer                          -    -    -     -        -
    m_manager                         -    -    -     -        r
    curator administrator auditor     r    r    r     r        r
""")
ANSWERED = grid("""
                                     kab sister far province ministry
    author writer                     -    -    -     -        -
    editor manager                    E    -    -     -        -
    p_writer                          -    -    -     -        -
    p_editor p_manager                -    -    -     E        -
    supervisor                        r    r    -     -        -
    m_writer                          -    -    -     -        -
    m_manager                         -    -    -     -        E
    curator administrator auditor     r    r    r     r        r
""")
"""Who answers what a reader demands; its row is changed by these steps alone."""
ONE_REFERENCE = {seat: {"ministry": cells["ministry"]} for seat, cells in REFERENCE.items()}

SUBJECTS = {
    "user": ("offices.user", STAFF),
    "superior": ("offices.user", SUPERIORS),
    "membership": ("offices.membership", STAFF),
    "high role": ("offices.membership", HIGH_ROLES),
    "invitation": ("offices.invitation", STAFF),
    "entry": ("offices.entry", TRAIL),
    "office": ("offices.office", KEPT),
    "official": ("offices.official", KEPT),
    "position": ("offices.position", KEPT),
    "appointment": ("offices.appointment", KEPT),
    "region": ("offices.region", REFERENCE),
    "draft": ("news.article", WRITTEN),
    "submitted": ("news.article", EDITED),
    "approved": ("news.article", EDITED),
    "scheduled": ("news.article", READ),
    "published": ("news.article", READ),
    "urgent": ("news.article", READ),
    "withdrawn": ("news.article", READ),
    "corrected": ("news.article", WRITTEN),
    "series": ("news.eventseries", ONE_REFERENCE),
    "event": ("news.event", WRITTEN),
    "announced": ("news.event", ANNOUNCED),
    "photo": ("news.photo", WRITTEN),
    "document": ("news.attachment", WRITTEN),
    "rubric": ("news.rubric", ONE_REFERENCE),
    "tag": ("news.tag", ONE_REFERENCE),
    "announcement": ("news.announcement", TOLD),
    "mail": ("news.maillog", RECORDED),
    "demand": ("news.demand", DEMANDED),
    "ping": ("news.ping", RECORDED),
}
"""The rows that stand at every office: their model, and who may do what with them.

A superior is a writer of the office who is an administrator at the ministry besides; a high role is a supervisor's or
a curator's membership; "corrected" is published and has a draft of its next edition.
"""

SINGLE = grid("""
                                     ministry
    author writer editor manager        -
    p_writer p_editor p_manager         -
    supervisor m_writer m_manager       -
    curator auditor                     -
    administrator                       E
""")
NEVER = {seat: dict.fromkeys(PLACES, "-") for seat in SEATS}
ADDED = {
    "offices.user": STAFF,
    "offices.membership": STAFF,
    "offices.invitation": STAFF,
    "offices.entry": NEVER,
    "offices.office": SINGLE,
    "offices.official": KEPT,
    "offices.position": KEPT,
    "offices.appointment": KEPT,
    "offices.region": SINGLE,
    "news.article": WRITTEN,
    "news.eventseries": SINGLE,
    "news.event": WRITTEN,
    "news.photo": WRITTEN,
    "news.attachment": WRITTEN,
    "news.rubric": SINGLE,
    "news.tag": SINGLE,
    "news.announcement": TOLD,
    "news.maillog": RECORDED,
    "news.demand": NEVER,
    "news.ping": RECORDED,
}
"""At which offices somebody adds a row: where there is an E."""

CHANGED = {
    "offices.user": ("name", "Nama Baru"),
    "offices.membership": ("starts_on", "2001-02-03"),
    "offices.invitation": ("name", "Nama Baru"),
    "offices.entry": ("note", "Catatan palsu"),
    "offices.office": ("official_name", "Dinas Baru"),
    "offices.official": ("known_as", "SBY"),
    "offices.position": ("title", "Jabatan Baru"),
    "offices.appointment": ("kind", "plt"),
    "offices.region": ("capital", "Kota Baru"),
    "news.article": ("deck", "Ringkasan baru."),
    "news.eventseries": ("description", "Keterangan baru"),
    "news.event": ("place", "Tempat Baru"),
    "news.photo": ("caption", "Keterangan baru"),
    "news.attachment": ("title", "Judul baru"),
    "news.rubric": ("description", "Keterangan baru"),
    "news.tag": ("name", "Tag baru"),
    "news.announcement": ("text", "Isi baru."),
    "news.maillog": ("subject", "Perihal baru"),
    "news.demand": ("answer", "Jawaban palsu"),
    "news.ping": ("feed", "/feed/"),
}
"""The field by which a POST to the change page shows, and its new value."""

BY_OWN_EDITORS = EDITED
BY_MANAGERS_AND_CURATORS = grid("""
                                     kab sister far province ministry
    author writer editor              r    -     -     -        -
    manager                           E    -     -     -        -
    p_writer p_editor                 -    -     -     r        -
    p_manager                         -    -     -     E        -
    supervisor                        r    r     -     -        -
    m_writer                          -    -     -     -        r
    m_manager                         -    -     -     -        E
    curator                           E    E     E     E        E
    administrator auditor             r    r     r     r        r
""")
BY_MANAGERS_AND_ADMINISTRATORS = grid("""
                                     kab sister far province ministry
    author writer editor              r    -     -     -        -
    manager                           E    -     -     -        -
    p_writer p_editor                 -    -     -     r        -
    p_manager                         -    -     -     E        -
    supervisor                        r    r     -     -        -
    m_writer                          -    -     -     -        r
    m_manager                         -    -     -     -        E
    administrator                     E    E     E     E        E
    curator auditor                   r    r     r     r        r
""")
BY_FRESH_EYES = grid("""
                                     kab sister far province ministry
    author writer editor              r    -     -     -        -
    manager                           E    -     -     -        -
    p_writer p_editor                 -    -     -     r        -
    p_manager                         -    -     -     E        -
    supervisor                        E    E     -     -        -
    m_writer                          -    -     -     -        r
    m_manager                         -    -     -     -        E
    curator                           E    E     E     E        E
    administrator auditor             r    r     r     r        r
""")
"""The editors of "kab" and "province" published it themselves."""

STEPS = {
    ("submit", "draft", "submitted"): WRITTEN,
    ("discard", "draft", "discarded"): grid("""
                                     kab sister far province ministry
        author editor manager         E    -     -     -        -
        writer                        r    -     -     -        -
        p_writer                      -    -     -     r        -
        p_editor p_manager            -    -     -     E        -
        supervisor                    r    r     -     -        -
        m_writer                      -    -     -     -        r
        m_manager                     -    -     -     -        E
        curator administrator auditor r    r     r     r        r
    """),
    ("recall", "submitted", "draft"): grid("""
                                     kab sister far province ministry
        author                        E    -     -     -        -
        writer editor manager         r    -     -     -        -
        p_writer p_editor p_manager   -    -     -     r        -
        supervisor                    r    r     -     -        -
        m_writer m_manager            -    -     -     -        r
        curator administrator auditor r    r     r     r        r
    """),
    ("approve", "submitted", "approved"): grid("""
                                     kab sister far province ministry
        author writer                 r    -     -     -        -
        editor manager                E    -     -     -        -
        p_writer                      -    -     -     r        -
        p_editor p_manager            -    -     -     E        -
        supervisor                    r    E     -     -        -
        m_writer                      -    -     -     -        r
        m_manager                     -    -     -     -        E
        curator administrator auditor r    r     r     r        r
    """),
    ("request_changes", "submitted", "changes_requested"): BY_OWN_EDITORS,
    ("request_changes", "approved", "changes_requested"): BY_OWN_EDITORS,
    ("publish", "approved", "published"): BY_OWN_EDITORS,
    ("schedule", "approved", "scheduled"): BY_OWN_EDITORS,
    ("unschedule", "scheduled", "approved"): BY_OWN_EDITORS,
    ("publish_urgently", "draft", "published"): BY_OWN_EDITORS,
    ("publish_urgently", "submitted", "published"): BY_OWN_EDITORS,
    ("second_check", "urgent", "published"): BY_FRESH_EYES,
    ("withdraw", "urgent", "withdrawn"): BY_FRESH_EYES,
    ("withdraw", "published", "withdrawn"): BY_MANAGERS_AND_CURATORS,
    ("reinstate", "withdrawn", "published"): BY_MANAGERS_AND_CURATORS,
    ("remove", "published", "removed"): BY_MANAGERS_AND_ADMINISTRATORS,
    ("remove", "withdrawn", "removed"): BY_MANAGERS_AND_ADMINISTRATORS,
}
"""Who takes which step on an edition in which state; a supervisor approves where no editor is left, as at "sister"."""

BULK = {
    "author writer p_writer m_writer": "submit discard",
    "editor p_editor": "submit approve publish request_changes discard",
    "manager p_manager m_manager": "submit approve publish request_changes withdraw discard",
    "supervisor": "approve",
    "curator": "withdraw",
    "administrator auditor": "",
}
"""The steps that the list of articles offers for several rows at once; no other list offers anything."""

NEVER_OFFERED = ("start", "void_approval", "supersede", "correct", "publish_due", "miss_schedule")
"""Steps that follow from another one and are never taken by their name."""

CORRECTED = {"published": BY_OWN_EDITORS, "withdrawn": BY_OWN_EDITORS}

EVENT_STEPS = {
    ("submitted", "event"): WRITTEN,
    ("published", "event"): BY_OWN_EDITORS,
    ("postponed", "announced"): ANNOUNCED,
    ("cancelled", "announced"): ANNOUNCED,
}

STANDARD = ("", "add/", "<path:object_id>/change/", "<path:object_id>/delete/", "<path:object_id>/history/")
REDIRECT = "<path:object_id>/"
CUSTOM = {
    "offices.user": ("<int:user_id>/password/", "<int:user_id>/second-factor/"),
    "offices.membership": ("<int:membership_id>/end/", "<int:membership_id>/role/"),
    "offices.invitation": ("<int:invitation_id>/resend/", "<int:invitation_id>/revoke/"),
    "offices.entry": ("export/", "steps/", "steps/export/"),
    "news.article": (
        "choose/",
        "<int:article_id>/step/<str:step>/",
        "<int:article_id>/correct/",
        "<int:article_id>/preview/",
        "<int:article_id>/withdraw-at/",
        "<int:article_id>/keep/",
        "<int:article_id>/pin/",
        "<int:article_id>/unpin/",
        "<int:article_id>/duplicate/",
        "<int:article_id>/address/",
        "<int:article_id>/unsaved/",
        "<int:article_id>/presence/",
        "unsaved/",
        "unsaved/<str:key>/forget/",
        "tags/",
        "<int:article_id>/compare/",
        "<int:article_id>/preview/sizes/",
        "<int:article_id>/share/",
        "<int:article_id>/share/<int:link_id>/revoke/",
        "<int:article_id>/comment/",
        "<int:article_id>/comment/<int:comment_id>/<str:deed>/",
        "<int:article_id>/assign/",
        "<int:article_id>/veto/",
        "<int:article_id>/unveto/",
    ),
    "news.announcement": ("<int:announcement_id>/dismiss/",),
    "news.event": ("<int:event_id>/step/<str:target>/",),
    "news.demand": ("<int:demand_id>/step/<str:step>/",),
    "news.photo": (
        "<int:photo_id>/file/<int:width>/",
        "<int:key>/archive/",
        "<int:key>/replace/",
        "<int:key>/swap/",
        "pick/",
        "upload/",
    ),
    "news.attachment": ("<int:key>/file/", "<int:key>/archive/"),
    "news.rubric": ("<int:topic_id>/merge/",),
    "news.tag": ("<int:topic_id>/merge/",),
}
"""The pages of each model beside the standard ones; each has a test of its name."""

SITE = {
    "": 200,
    "login/": 302,
    "logout/": 405,
    "password_change/": 200,
    "password_change/done/": 200,
    "autocomplete/": 403,
    "jsi18n/": 200,
    "kantor-saya/": 405,
    "notices/": 200,
    "notices/read/": 400,
    "notices/<int:notice_id>/<str:then>/": 404,
    "preferences/": 200,
    "kalender/": 200,
    "tanpa-tautan/": 200,
    "^(?P<app_label>offices|news)/$": 200,
    "(?P<url>.*)$": 404,
}
"""The pages of the newsroom itself, and what a plain GET answers to every member of staff."""

INLINES = {
    ("offices.office", "accounts"),
    ("offices.official", "appointments"),
    ("news.article", "photos"),
    ("news.article", "attachments"),
    ("news.article", "mentions"),
    ("news.article", "quotes"),
    ("news.article", "picks"),
}

AUTOCOMPLETED = {
    "offices.membership.user": "offices.user",
    "offices.office.region": "offices.region",
    "offices.position.office": "offices.office",
    "offices.appointment.official": "offices.official",
    "offices.appointment.position": "offices.position",
    "offices.region.parent": "offices.region",
    "news.edition.event": "news.event",
    "news.event.series": "news.eventseries",
    "news.event.participants": "offices.office",
    "news.editionphoto.photo": "news.photo",
    "news.editionattachment.attachment": "news.attachment",
    "news.mention.official": "offices.official",
    "news.mention.appointment": "offices.appointment",
    "news.quote.speaker": "offices.appointment",
}
"""The fields that search as one types, and the model that answers."""

MENU = {
    "author writer p_writer m_writer": "-user -membership -invitation -entry -announcement -maillog -demand -ping",
    "editor p_editor": "-user -membership -invitation -entry -announcement -maillog -ping",
    "manager p_manager m_manager": "-announcement",
    "supervisor": "-announcement -maillog -ping",
    "curator": "-maillog -ping",
    "administrator auditor": "",
}
"""What is missing from the menu of models; outsiders have no menu."""

GRANTS = {
    ("manager", "kab"): "writer editor manager",
    ("p_manager", "province"): "writer editor manager",
    ("m_manager", "ministry"): "writer editor manager",
    ("manager", "province"): "",
    ("manager", "sister"): "",
    ("manager", "ministry"): "",
    ("p_manager", "kab"): "",
    ("m_manager", "kab"): "",
    ("supervisor", "kab"): "",
    ("supervisor", "province"): "",
    ("editor", "kab"): "",
    ("curator", "ministry"): "",
    ("auditor", "ministry"): "",
    ("administrator", "kab"): "writer editor manager",
    ("administrator", "province"): "writer editor manager supervisor",
    ("administrator", "ministry"): "writer editor manager curator administrator auditor",
}
"""Which roles somebody gives at which office; every other role there is refused."""

REFUSED_LOOKUPS = {
    "offices.user": (
        "password__startswith=m",
        "password__contains=a",
        "memberships__role=administrator",
        "memberships__office__slug=pusat",
    ),
    "offices.membership": ("user__password__startswith=m", "user__email__contains=a", "office__region__parent=73"),
    "offices.invitation": ("nonce__startswith=a", "invited_by__password__startswith=m", "office__slug=pusat"),
    "offices.entry": ("actor__password__startswith=m", "person__email__contains=a", "office__slug=pusat"),
    "offices.office": ("memberships__user__password__startswith=m", "positions__title=x", "accounts__id=1"),
    "offices.official": ("appointments__position__title__startswith=K",),
    "offices.position": ("office__memberships__user__name__startswith=S", "appointments__official__name=x"),
    "offices.appointment": ("position__office__slug=pusat", "official__name__startswith=S"),
    "offices.region": ("office__memberships__user__name=x",),
    "news.article": (
        "editions__body__startswith=R",
        "live_edition__body__contains=R",
        "office__region__parent=73",
        "transitions__note__contains=R",
        "editions__contributions__user__name=x",
    ),
    "news.eventseries": ("events__title__startswith=S", "events__state=draft", "events=1"),
    "news.event": ("transitions__note__contains=R", "participants__memberships__user__name=x", "organiser__slug=pusat"),
    "news.photo": ("uploaded_by__password__startswith=m", "uses__edition__headline__startswith=S"),
    "news.attachment": ("uploaded_by__password__startswith=m", "uses__edition__headline__startswith=S"),
    "news.rubric": ("nothing__at__all=1",),
    "news.tag": (
        "tagged__content_object__headline__startswith=S",
        "tagged__id=1",
        "edition=1",
        "edition__id__gte=1",
        "name__regex=(a%2B)%2B$",
    ),
    "news.announcement": ("created_by__password__startswith=m", "dismissals__user__name=x"),
    "news.demand": (
        "email__startswith=i",
        "name__contains=S",
        "nonce__startswith=a",
        "right__contains=R",
        "article__editions__body__contains=R",
    ),
    "news.maillog": ("address__startswith=s", "recipient__email__contains=a", "notice__headline__contains=S"),
    "news.ping": ("article__live_edition__headline__startswith=S", "article__slug__startswith=s"),
}
"""Filters in the address of a list that would answer questions about what the list does not show."""
