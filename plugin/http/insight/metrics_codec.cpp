#include "plugin/http/insight/metrics_codec.hpp"

#include <algorithm>

#include "plugin/http/insight/csv_text.hpp"

namespace scheduling {
namespace {

/// A fraction of one; none where there is nothing to divide by.
std::optional<double> rate_of(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

/// An outcome may be recorded while the meeting still goes on; then there are more of them than meetings that are due.
std::optional<double> coverage_of(const NoShows& figure) {
  return rate_of(std::min(figure.with_outcome, figure.due), figure.due);
}

void write_figures(JsonText& out, const Figures& figures) {
  const NoShows& no_shows = figures.no_shows;
  out.key("no_show")
      .begin_object()
      .field("no_shows", no_shows.no_shows)
      .field("held", no_shows.held)
      .field("due", no_shows.due)
      .field("with_outcome", no_shows.with_outcome)
      .field("rate", rate_of(no_shows.no_shows, no_shows.with_outcome))
      .field("coverage", coverage_of(no_shows))
      .end_object();
  out.key("lead_time_hours")
      .begin_object()
      .field("mean", figures.lead_time.mean)
      .field("median", figures.lead_time.median)
      .end_object();
  const CalendarConnectionRate& calendars = figures.calendar_connection;
  out.key("calendar_connection")
      .begin_object()
      .field("connected", calendars.connected)
      .field("active_users", calendars.active_users)
      .field("rate", rate_of(calendars.connected, calendars.active_users))
      .end_object();
  out.field("cancelled", figures.cancelled).field("rescheduled", figures.rescheduled);
  const RequestCounts& requests = figures.requests;
  out.key("requests")
      .begin_object()
      .field("made", requests.made)
      .field("confirmed", requests.confirmed)
      .field("declined", requests.declined)
      .field("expired", requests.expired)
      .end_object();
}

void add_row(CsvText& out, std::string_view key, std::string_view label, const Figures& figures) {
  const NoShows& no_shows = figures.no_shows;
  const CalendarConnectionRate& calendars = figures.calendar_connection;
  const RequestCounts& requests = figures.requests;
  out.cell(key).cell(label).cell(figures.meetings_booked);
  out.cell(no_shows.no_shows).cell(no_shows.held).cell(no_shows.due).cell(no_shows.with_outcome);
  out.cell(rate_of(no_shows.no_shows, no_shows.with_outcome)).cell(coverage_of(no_shows));
  out.cell(figures.lead_time.mean).cell(figures.lead_time.median);
  out.cell(calendars.connected).cell(calendars.active_users).cell(rate_of(calendars.connected, calendars.active_users));
  out.cell(figures.cancelled).cell(figures.rescheduled);
  out.cell(requests.made).cell(requests.confirmed).cell(requests.declined).cell(requests.expired);
  out.end_row();
}

}  // namespace

void write_metrics(JsonText& out, const Metrics& metrics) {
  out.begin_object().field("meetings_booked", metrics.total.meetings_booked).key("by_month").begin_array();
  for (const MonthBooked& month : metrics.by_month)
    out.begin_object().field("month", month.month).field("meetings_booked", month.meetings_booked).end_object();
  out.end_array();
  write_figures(out, metrics.total);
  out.key("groups").begin_array();
  for (const FiguresOfGroup& group : metrics.groups) {
    out.begin_object().field("key", group.key).field("label", group.label);
    out.field("meetings_booked", group.figures.meetings_booked);
    write_figures(out, group.figures);
    out.end_object();
  }
  out.end_array().end_object();
}

std::string metrics_csv(const Metrics& metrics, bool is_grouped) {
  CsvText out;
  for (const char* name : {"key",
                           "label",
                           "meetings_booked",
                           "no_show_no_shows",
                           "no_show_held",
                           "no_show_due",
                           "no_show_with_outcome",
                           "no_show_rate",
                           "no_show_coverage",
                           "lead_time_hours_mean",
                           "lead_time_hours_median",
                           "calendar_connection_connected",
                           "calendar_connection_active_users",
                           "calendar_connection_rate",
                           "cancelled",
                           "rescheduled",
                           "requests_made",
                           "requests_confirmed",
                           "requests_declined",
                           "requests_expired"})
    out.cell(name);
  out.end_row();
  if (!is_grouped) add_row(out, "total", "total", metrics.total);
  for (const FiguresOfGroup& group : metrics.groups) add_row(out, group.key, group.label, group.figures);
  return out.take();
}

}  // namespace scheduling
