#pragma once
/// Figures, suggestions, privacy and audit: their services and what their routes are answered by.
#include "plugin/http/insight/audit.hpp"
#include "plugin/http/insight/metrics.hpp"
#include "plugin/http/insight/outcome_page.hpp"
#include "plugin/http/insight/privacy.hpp"
#include "plugin/http/insight/suggestions.hpp"
#include "plugin/jobs/ask_outcomes_job.hpp"
#include "plugin/jobs/erase_old_attendees_job.hpp"
#include "plugin/services/booking/booking_parts.hpp"
#include "plugin/services/insight/audit_service.hpp"
#include "plugin/services/insight/metrics_service.hpp"
#include "plugin/services/insight/outcome_questions.hpp"
#include "plugin/services/insight/privacy_service.hpp"
#include "plugin/services/insight/suggestion_service.hpp"
#include "plugin/services/outbox/outbox_worker.hpp"

namespace scheduling {

struct InsightWiring {
  InsightWiring(const BookingParts& parts, MeetingBookingService& booking, OutboxWorker& mails)
      : metrics(parts.transactions, parts.zones, parts.settings, parts.clock),
        suggestions(parts),
        privacy({parts.transactions, booking, parts.settings, parts.clock, [&mails] { send_waiting(mails); }}),
        audit(parts.transactions),
        questions(parts.transactions, booking, parts.tokens, parts.clock) {}

  MetricsService metrics;
  SuggestionService suggestions;
  PrivacyService privacy;
  AuditService audit;
  OutcomeQuestions questions;

 private:
  /// A mail server that is away leaves them waiting.
  static void send_waiting(OutboxWorker& mails);
};

/// Part of Handlers, so that a row of the surface names these like all others.
struct InsightHandlers {
  InsightHandlers(InsightWiring& services, const ZoneSource& zones, const HtmlPages& pages, crm::sdk::Log& log)
      : metrics(services.metrics, log),
        suggestions(services.suggestions, log),
        privacy(services.privacy, log),
        audit(services.audit, zones, log),
        outcome(services.questions, pages, log) {}

  MetricsRoutes metrics;
  Suggestions suggestions;
  Privacy privacy;
  Audit audit;
  OutcomePage outcome;
};

/// Part of Jobs.
struct InsightJobs {
  explicit InsightJobs(InsightWiring& services)
      : erase_old_attendees(services.privacy), ask_outcomes(services.questions) {}

  EraseOldAttendeesJob erase_old_attendees;
  AskOutcomesJob ask_outcomes;
};

}  // namespace scheduling
