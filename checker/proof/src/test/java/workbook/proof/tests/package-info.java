/** The proof of module 08: learners' tests, and what the checker says about them. */
@NullMarked
package workbook.proof.tests;

import org.jspecify.annotations.NullMarked;
