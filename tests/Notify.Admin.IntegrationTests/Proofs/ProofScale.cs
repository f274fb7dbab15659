namespace Notify.Admin.IntegrationTests.Proofs;

/// <summary>How much a proof does: little with every run of the tests, much by hand. README.md beside this file has the commands.</summary>
internal static class ProofScale
{
    public const string Variable = "NOTIFY_PROOFS";

    public static bool IsLong => Environment.GetEnvironmentVariable(Variable) == "long";

    public static int Of(int always, int byHand) => IsLong ? byHand : always;

    /// <summary>Figures for whoever runs a proof by hand.</summary>
    public static void Report(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
