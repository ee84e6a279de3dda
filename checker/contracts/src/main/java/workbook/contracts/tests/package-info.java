/** The rules of module 08: which tests catch what is wrong, and accuse nothing that is right. */
@NullMarked
package workbook.contracts.tests;

import org.jspecify.annotations.NullMarked;
