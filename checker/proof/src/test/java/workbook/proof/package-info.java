/**
 * The tests of the tests. Implementations that are wrong in one stated way must give exactly the
 * stated findings; implementations that are right must pass all rules, however they are built.
 *
 * <p>{@link workbook.proof.BrokenFile} reads what is wrong; {@link workbook.proof.Workshop}
 * compiles a solution with that change; {@link workbook.proof.Verdicts} grades it; {@link
 * workbook.proof.ModuleProof} compares.
 */
@NullMarked
package workbook.proof;

import org.jspecify.annotations.NullMarked;
