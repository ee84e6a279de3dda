/**
 * The tests of the tests. Implementations that are wrong in one stated way must fail exactly the
 * stated rules, and with a text that helps; implementations that are right must pass all, however
 * they are built.
 *
 * <p>{@link workbook.proof.Workshop} compiles an exercise or a solution, with a change; {@link
 * workbook.proof.Verdicts} grades it; a {@link workbook.proof.ModuleProof} lists what is tried.
 */
@NullMarked
package workbook.proof;

import org.jspecify.annotations.NullMarked;
