/** Settings, as another service reads them. */
@NullMarked
package com.freelync.control.configuration;

import org.jspecify.annotations.NullMarked;
