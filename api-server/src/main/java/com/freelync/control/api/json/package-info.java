/** JSON as the interface speaks it, read strictly and bound with all errors at once. */
@NullMarked
package com.freelync.control.api.json;

import org.jspecify.annotations.NullMarked;
