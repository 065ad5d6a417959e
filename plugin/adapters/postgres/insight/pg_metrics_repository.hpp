#pragma once
#include "plugin/adapters/postgres/pg_session.hpp"
#include "plugin/ports/insight/metrics_repository.hpp"

namespace scheduling {

class PgMetricsRepository final : public MetricsRepository {
 public:
  explicit PgMetricsRepository(PgSession& session) : session_(session) {}
  Result<OfKeys<std::int64_t>> booked(const MetricsScope& scope) override;
  Result<OfKeys<LeadTime>> lead_time(const MetricsScope& scope) override;
  Result<OfKeys<NoShows>> no_shows(const MetricsScope& scope) override;
  Result<OfKeys<std::int64_t>> cancelled(const MetricsScope& scope) override;
  Result<OfKeys<std::int64_t>> rescheduled(const MetricsScope& scope) override;
  Result<OfKeys<RequestCounts>> requests(const MetricsScope& scope) override;
  Result<std::vector<CalendarUser>> calendar_users(const MetricsScope& scope) override;
  Result<std::vector<std::pair<std::string, std::string>>> names(MetricsGroup group,
                                                                 const std::vector<std::string>& keys) override;

 private:
  Result<crm::sdk::RowsPtr> ask(const crm::sdk::Statement& statement, const MetricsScope& scope);
  template <class Figure, class Read>
  Result<OfKeys<Figure>> figures(Result<crm::sdk::RowsPtr> rows, Read&& read);

  PgSession& session_;
};

}  // namespace scheduling
