"""What is scheduled about reviews: decisions take effect, samples are drawn, deadlines watched."""
