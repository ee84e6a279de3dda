/**
 * A deterministic explorer of interleavings: it finds check-then-act races, lost wake-ups and
 * deadlocks of a learner's class without luck and without many threads.
 *
 * <p>Start at {@link workbook.checker.interleaving.Interleavings}; the learner's class comes from
 * {@link workbook.checker.interleaving.InstrumentingLoader#twin}. {@code Interleaver}, {@code
 * Permits} and {@code Monitors} are public only because instrumented code calls them.
 */
@NullMarked
package workbook.checker.interleaving;

import org.jspecify.annotations.NullMarked;
