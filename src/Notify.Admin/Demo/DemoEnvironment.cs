namespace Notify.Admin.Demo;

/// <summary>Makes <c>dotnet run --project src/Notify.Admin --environment Demo</c> mean what it says. For <c>dotnet run</c> the option sets
/// an environment variable, so the program finds an empty one named <c>Demo</c>, and no argument.</summary>
internal static class DemoEnvironment
{
    /// <summary>The program's arguments, with the environment among them.</summary>
    public static string[] AddTo(string[] arguments) =>
        Environment.GetEnvironmentVariable(DemoServiceCollectionExtensions.EnvironmentName) is ""
            ? ["--environment", DemoServiceCollectionExtensions.EnvironmentName, .. arguments]
            : arguments;
}
