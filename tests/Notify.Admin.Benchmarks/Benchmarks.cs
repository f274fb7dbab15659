using BenchmarkDotNet.Running;

namespace Notify.Admin.Benchmarks;

internal static class Benchmarks
{
    // In process: the project BenchmarkDotNet would otherwise generate and restore knows nothing of this solution's package versions.
    public static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Benchmarks).Assembly).Run([.. args, "--inProcess"]);
}
