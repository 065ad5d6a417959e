"""The house's rules as data. A new arrow between rooms, or a library in a new room, needs an ADR first."""

# Room (folder) -> what it may include, as folders of this repository. The longest matching folder is the
# room. Every room may include itself and the C++ standard library.
ARROWS = {
    "plugin/core": [],
    "plugin/ports": ["plugin/core"],
    # Services are sorted by topic. What a topic builds on stands here; there is no circle.
    "plugin/services": ["plugin/core", "plugin/ports"],
    "plugin/services/wording": ["plugin/core", "plugin/ports"],
    "plugin/services/zone_data": ["plugin/core", "plugin/ports"],
    "plugin/services/meeting": ["plugin/core", "plugin/ports"],
    "plugin/services/availability": ["plugin/core", "plugin/ports", "plugin/services/actor"],
    "plugin/services/catalog": ["plugin/core", "plugin/ports", "plugin/services/actor", "plugin/services/availability"],
    # Who of a team takes a start, on the way of every booking (ADR 0033).
    "plugin/services/assignment": ["plugin/core", "plugin/ports", "plugin/services/availability",
                                   "plugin/services/meeting"],
    # Whom a link invites and to which times: pages and bookings ask alike (ADR 0034).
    "plugin/services/invitations": ["plugin/core", "plugin/ports", "plugin/services/assignment",
                                    "plugin/services/availability"],
    "plugin/services/booking": ["plugin/core", "plugin/ports", "plugin/services/actor", "plugin/services/assignment",
                                "plugin/services/availability", "plugin/services/invitations",
                                "plugin/services/meeting"],
    "plugin/services/teams": ["plugin/core", "plugin/ports", "plugin/services/actor", "plugin/services/assignment",
                              "plugin/services/availability", "plugin/services/booking", "plugin/services/meeting"],
    "plugin/services/mail": ["plugin/core", "plugin/ports", "plugin/services/actor", "plugin/services/meeting",
                             "plugin/services/wording"],
    "plugin/services/outbox": ["plugin/core", "plugin/ports", "plugin/services/actor", "plugin/services/mail",
                               "plugin/services/meeting"],
    "plugin/services/calendars": ["plugin/core", "plugin/ports", "plugin/services/actor", "plugin/services/meeting",
                                  "plugin/services/wording", "plugin/services/booking", "plugin/services/outbox"],
    "plugin/services/insight": ["plugin/core", "plugin/ports", "plugin/services/actor", "plugin/services/booking",
                                "plugin/services/meeting", "plugin/services/teams"],
    # The one table between the SDK's failures and the module's errors.
    "plugin/failure": ["plugin/core", "crm/sdk"],
    # Stored and sent shapes have one form in JSON: read and written here for http and postgres alike.
    "plugin/json": ["plugin/core", "crm/sdk"],
    "plugin/adapters": ["plugin/core", "plugin/ports"],
    "plugin/adapters/mail": ["plugin/core", "plugin/ports", "plugin/failure", "crm/sdk"],
    # What the web APIs of providers have in common (adr/0036).
    "plugin/adapters/web_api": ["plugin/core", "plugin/ports"],
    "plugin/adapters/google": ["plugin/core", "plugin/ports", "plugin/adapters/web_api"],
    "plugin/adapters/outlook": ["plugin/core", "plugin/ports", "plugin/adapters/web_api"],
    "plugin/adapters/zoom": ["plugin/core", "plugin/ports", "plugin/adapters/web_api"],
    # What adapters/postgres needs of adapters/crm to send several questions at once; both know it, nobody else does.
    "plugin/adapters/pipelining": ["plugin/ports"],
    "plugin/adapters/postgres": ["plugin/core", "plugin/ports", "plugin/failure", "plugin/json",
                                 "plugin/adapters/pipelining", "crm/sdk"],
    "plugin/adapters/crm": ["plugin/core", "plugin/ports", "plugin/failure", "plugin/json",
                            "plugin/adapters/pipelining", "crm/sdk"],
    "plugin/http": ["plugin/core", "plugin/ports", "plugin/services", "plugin/json", "crm/sdk"],
    # Hooks and jobs reach storage through services only.
    "plugin/hooks": ["plugin/core", "plugin/failure", "plugin/services", "crm/sdk"],
    "plugin/jobs": ["plugin/core", "plugin/failure", "plugin/services", "crm/sdk"],
    "plugin/surface": ["plugin", "crm/sdk"],
    "host-sdk/include/crm/sdk": ["crm/sdk"],
    # Loading a library, checking its ABI block and unloading it: the same code for both hosts.
    "host-sdk/module_loading": ["module_loading", "crm/sdk"],
    "host-sdk/reference_host": ["reference_host", "module_loading", "crm/sdk"],
    "host-sdk/fake_host": ["fake_host", "module_loading", "crm/sdk"],
    "host-sdk/sample_module": ["sample_module", "crm/sdk"],
    # What must know nothing of the plugin names only itself, and by its bare name: it has no include path.
    "tests/oracle/oracle": ["oracle", "oracle_zone"],
    "tests/oracle/oracle_zone": ["oracle_zone"],
}

# Library (how its include begins) -> the folders that may use it. Only what is confined is listed.
LIBRARIES = {
    "cctz/": ["plugin/adapters/zones", "host-sdk/reference_host/html_pages"],
    "unicode/": ["plugin/adapters/icu", "plugin/core/text/domain_name", "host-sdk/reference_host"],
    "phonenumbers/": ["plugin/adapters/phone"],
    "libical/": ["plugin/adapters/ical"],
    "kainjow/": ["plugin/adapters/html", "host-sdk/reference_host"],
    "tl/expected.hpp": ["plugin/core/result.hpp", "host-sdk/include/crm/sdk/outcome.hpp"],
    "Poco/Net/": ["plugin/adapters/html", "plugin/adapters/google", "plugin/adapters/outlook", "plugin/adapters/caldav",
                  "plugin/adapters/zoom", "plugin/adapters/web", "host-sdk/reference_host"],
    # Mails are put together here, never sent: the host does that.
    "Poco/Net/MessageHeader.h": ["plugin/adapters/mail"],
    "Poco/Net/MultipartWriter.h": ["plugin/adapters/mail"],
    "Poco/JSON/": ["plugin/json", "plugin/http", "plugin/adapters/postgres", "plugin/adapters/crm",
                   "plugin/adapters/html", "plugin/adapters/google", "plugin/adapters/outlook", "plugin/adapters/zoom",
                   "plugin/adapters/web_api",
                   "host-sdk"],
    "Poco/Data/": ["host-sdk/reference_host"],
    "libpq": ["host-sdk/reference_host"],
    "zlib.h": ["host-sdk/reference_host/http", "tests/http_server"],
    "boost/": ["host-sdk/module_loading"],
    "openssl/": ["plugin/adapters/crm", "host-sdk/module_loading", "host-sdk/reference_host"],
}
# In these rooms nothing but the standard library and what LIBRARIES grants them.
PURE_ROOMS = ["plugin/core", "plugin/ports", "plugin/services"]

LINES_MAX = {".hpp": 150, ".h": 150, ".cpp": 400}
# Longer than the rule, and why.
LINES_EXCEPTED = {
    "host-sdk/include/crm/sdk/database.hpp": 240,  # one header per extension point; half of it says what holds
}
# Headers that hold implementations, because an SDK must compile into each side of the border.
IMPLEMENTATION_HEADERS = ["host-sdk/include/crm/sdk/detail"]
FUNCTION_LINES_MAX = 70

# (pattern, folders it is banned in, folders excepted, why)
BANNED = [
    (r"\bsystem_clock::now\b", ["plugin", "host-sdk"], ["host-sdk/reference_host/system", "host-sdk/reference_host/http/access_log", "plugin/adapters/crm/sealed_form_stamps"],  # log lines bear real time
     "now comes from the host's Clock"),
    (r"\b(?:std::)?(?:localtime|gmtime|mktime|localtime_r|timelocal)\s*\(", ["plugin", "host-sdk"], [],
     "zones are resolved by ZoneRules, never by the C library"),
    (r"\b(?:std::)?s?rand\s*\(", ["plugin", "host-sdk"], [], "randomness comes from the system's source"),
    (r"\b(?:std::)?v?sprintf\s*\(", ["plugin", "host-sdk"], [], "unbounded"),
    (r"\bgetenv\s*\(", ["plugin/core", "plugin/ports", "plugin/services", "plugin/http"], [],
     "no environment in the core"),
    (r"\bthread_local\b", ["plugin"], [], "keeps the library in memory after it was unloaded"),
    (r"\b(?:system|popen)\s*\(", ["plugin", "host-sdk"], [], "no shell"),
    (r"\b(?:TODO|FIXME|XXX)\b", ["plugin", "host-sdk", "sql"], [], "finish it, or write an issue"),
]
BANNED_IN_TEXTS = [
    (r"(?i)\bselect\s+\*", ["plugin", "host-sdk", "sql"], [], "name the columns"),
    (r'"\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM)\s', ["plugin"], ["plugin/adapters/postgres"],
     "SQL lives in sql/queries and adapters/postgres"),
]
FOLDERS_BANNED = {"util", "utils", "common", "helpers", "helper", "misc"}

# Units of a folder, not of those below it: a .cpp and a .hpp of one name are one unit.
FOLDER_UNITS_MAX = 16
# Folder -> (what it may hold, why). An entry that is no longer needed fails check_house_test.py.
FOLDER_UNITS_EXCEPTED = {
    "host-sdk/include/crm/sdk": (20, "one header per extension point, which is what a module's author looks for"),
}

# Only the file that wraps the library spells its names; all others say Result, Outcome, fail.
SPELLED_ONCE = [(r"\btl\s*::", LIBRARIES["tl/expected.hpp"], "say Result or Outcome, whose header alone names the library")]
# Files and folders that still spell them. An entry that is no longer needed fails check_house_test.py.
SPELLED_FOR_NOW = []

# Words that were replaced by another one: (pattern, folders, why). They are searched in all texts of these
# folders, comments and names of files included, without regard to case. Changes and decisions already
# published may keep them: name the folders accordingly.
RETIRED_WORDS = [
    (r"\binvitees?\b", ["plugin", "host-sdk", "sql", "tests", "web-assets"], "say attendee"),
    (r"\bevent_?types?\b", ["plugin/core", "plugin/ports", "plugin/services", "sql"], "say meeting type"),
    (r"\btime_?slots?\b", ["plugin", "host-sdk", "sql", "tests", "web-assets"], "say slot"),
    (r"meeting_?sheet|load_?sheet", ["plugin", "sql"], "say MeetingDetails"),
    (r"host_?snapshots?|snapshot_?ptr", ["plugin", "sql"], "say HostCalendarCache, CachedCalendar"),
    (r"offered_?starts|\bRefusalFacts\b", ["plugin"], "say find_slots, UnavailableFacts"),
    (r"booking_?effects|\beffect_?notes\b|\beffects_of\b", ["plugin"], "say meeting_notifications, MeetingChange"),
    (r"public_?link\b|\blink_?ptr\b", ["plugin/core", "plugin/ports", "plugin/adapters"], "say BookingTarget"),
    (r"host_?decisions?\b|decision_?grant", ["plugin"], "say MeetingApproval, ApprovalGrant"),
    (r"\bmail_?(order|voice|writer)\b", ["plugin"], "say MailSpec, LocalizedMail, MailComposer"),
    (r"token_?mint|\bminted\b", ["plugin"], "say TokenService, IssuedToken"),
    (r"\bHostServices\b|request_?gate|host_?places|kept_?dialogue", ["plugin", "host-sdk"],
     "say Services, RequestGuard, ModuleRegistrar, SmtpConnectionCache"),
    (r"page_?query|reference_host/pages\b|\bcrm_host_pages\b", ["plugin", "host-sdk", "tests"],
     "say list query; html_pages: a page alone is a scheduling page"),
    (r"(?-i:\bAnswer\b)|mailer\.answers|\banswer_with\b", ["tests/crm", "tests/plugin_api", "tests/contract", "tests/booking"],
     "say TestResponse, outcomes, decide_with: an answer is what an attendee answered"),
]
