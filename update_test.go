package contract_test

import "flag"

// update rewrites the golden files of this package from what the code does now.
var update = flag.Bool("update", false, "rewrite the files under testdata that tests compare with")
