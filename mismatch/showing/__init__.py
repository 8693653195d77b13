"""How findings are shown: sorted, filtered, with both sides, their values and the rule behind them."""
