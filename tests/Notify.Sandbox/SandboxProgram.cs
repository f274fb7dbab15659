namespace Notify.Sandbox;

/// <summary>
/// The stand-alone entry point. An explicit class: a top-level <c>Program</c> would clash with the product's in test projects that
/// reference both.
/// </summary>
internal static class SandboxProgram
{
    public static async Task<int> Main(string[] args)
    {
        // Only the environment and the command line: an appsettings.json in the working directory may be another program's.
        var configuration = new ConfigurationBuilder()
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddEnvironmentVariables()
            .AddCommandLine(args)
            .Build();

        SandboxOptions options;
        try
        {
            options = SandboxOptions.From(configuration);
        }
        catch (ArgumentException problem)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return 2;
        }

        await using var app = SandboxApp.Build(options, new SandboxState(options, TimeProvider.System));
        try
        {
            await app.StartAsync();
        }
        catch (IOException problem)
        {
            await Console.Error.WriteLineAsync($"Urls: cannot listen on {options.Urls}: {problem.Message}");
            return 2;
        }

        await Console.Out.WriteLineAsync($"""
            Notify.Sandbox listens on {string.Join(", ", app.Urls)}
              Slack:ApiUrl               {app.Urls.First()}/api/
              DingTalk:AllowedWebhooks   {app.Urls.First()}/robot/send
              What came in               {app.Urls.First()}/
            Stop with Ctrl+C.
            """);
        await app.WaitForShutdownAsync();
        return 0;
    }
}
