// QuantLib's QdFp engine, accurate scheme, over options read from standard input: type S K r q vol days reference.
// Prints one JSON object: processor nanoseconds per price, largest error over the strike, options that failed.
#include <ql/exercise.hpp>
#include <ql/instruments/vanillaoption.hpp>
#include <ql/pricingengines/vanilla/qdfpamericanengine.hpp>
#include <ql/processes/blackscholesprocess.hpp>
#include <ql/quotes/simplequote.hpp>
#include <ql/termstructures/volatility/equityfx/blackconstantvol.hpp>
#include <ql/termstructures/yield/flatforward.hpp>
#include <ql/time/calendars/nullcalendar.hpp>
#include <ql/time/daycounters/actual365fixed.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace QuantLib;

struct Case {
  ext::shared_ptr<VanillaOption> option;
  double strike;
  double reference;
};

int main() {
  const Date today(2, January, 2024);
  Settings::instance().evaluationDate() = today;
  const DayCounter dayCounter = Actual365Fixed();
  std::vector<Case> cases;
  char type;
  double spot, strike, r, q, vol, reference;
  int days;
  while (std::scanf(" %c %lf %lf %lf %lf %lf %d %lf", &type, &spot, &strike, &r, &q, &vol, &days, &reference) == 8) {
    const auto process = ext::make_shared<BlackScholesMertonProcess>(
        Handle<Quote>(ext::make_shared<SimpleQuote>(spot)),
        Handle<YieldTermStructure>(ext::make_shared<FlatForward>(today, q, dayCounter)),
        Handle<YieldTermStructure>(ext::make_shared<FlatForward>(today, r, dayCounter)),
        Handle<BlackVolTermStructure>(ext::make_shared<BlackConstantVol>(today, NullCalendar(), vol, dayCounter)));
    const auto payoff = ext::make_shared<PlainVanillaPayoff>(type == 'C' ? Option::Call : Option::Put, strike);
    const auto option = ext::make_shared<VanillaOption>(payoff, ext::make_shared<AmericanExercise>(today, today + days));
    option->setPricingEngine(ext::make_shared<QdFpAmericanEngine>(process, QdFpAmericanEngine::accurateScheme()));
    cases.push_back({option, strike, reference});
  }
  double largest = 0;
  int failures = 0;
  const std::clock_t start = std::clock();
  for (const Case& each : cases) {
    try {
      const double error = std::fabs(each.option->NPV() - each.reference) / each.strike;
      if (std::isnan(error)) ++failures;
      else largest = std::max(largest, error);
    } catch (const std::exception&) {
      ++failures;
    }
  }
  const double ns = 1e9 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / static_cast<double>(cases.size());
  std::printf("{\"nsPerPrice\":%.0f,\"maxErrorOverStrike\":%.3g,\"failures\":%d}\n", ns, largest, failures);
}
