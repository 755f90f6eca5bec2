// Package cn is the working days of mainland China: the statutory holidays, the
// days off around them and the weekend days worked in exchange, for every year
// from 2007, each with the notice that names it.
//
// # Two sources
//
// The law (全国年节及纪念日放假办法) names the statutory holidays: 10 days in
// 2007, 11 from 2008, 13 from 2025. [Statutory] has them for 2007 to 2050, each
// with the rule and the State Council order that it rests on.
//
// A notice of the State Council's General Office, issued in the last quarter of
// the year before, says which days are off in fact and which weekend days are
// worked for them. [Notices] has all of them as issued, one line a holiday, to
// be read against the paper. From the two follows what a day is:
//
//   - off by a notice and named by the law: [contract.DayHoliday];
//   - off by a notice alone, as a weekday moved from a weekend, a weekend inside
//     the holiday, or a day granted once: [contract.DayRest];
//   - a weekend day worked in exchange: [contract.DayMakeup].
//
// The name of a day is the holiday that the notice gives it to, in the notice's
// words; where a notice arranges two holidays in one item it is both, 国庆节、中秋节.
// 3 September 2015 is a rest day: a notice gave it to everybody once, the law
// does not name it, and what a contract says of statutory holidays goes by the law.
//
// # How far it is certain
//
// A notice may name days from 29 December of the year before; none has named an
// earlier one. So the [Calendar] is certain from 2006-12-30 through 28 December
// of the last notice's year, and from then to 2050 foresees the statutory
// holidays, without the days moved around them. A question beyond the certain
// days is [contract.ErrRange], never a guess.
//
// Three notices changed a year after it had begun (2015, 2019, 2020). [KnownOn]
// gives the calendar as it was known on a day, before or after such a change.
//
// # What it is not
//
// Half days for some citizens (8 March, 4 May, 1 June), holidays of ethnic
// minorities, local arrangements such as those of an epidemic or an event,
// trading days of exchanges, and Hong Kong, Macao and Taiwan are not in it.
package cn
