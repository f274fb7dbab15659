using BenchmarkDotNet.Running;

namespace Notify.Admin.Benchmarks;

internal static class Benchmarks
{
    public static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Benchmarks).Assembly).Run(args);
}
