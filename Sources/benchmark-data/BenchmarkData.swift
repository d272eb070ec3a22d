@main struct BenchmarkData { static func main() {} }
