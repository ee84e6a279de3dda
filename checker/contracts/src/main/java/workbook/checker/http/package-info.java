/** HTTP as a rule sees it: a server that is watched, a client in charge of every byte, JSON. */
@NullMarked
package workbook.checker.http;

import org.jspecify.annotations.NullMarked;
