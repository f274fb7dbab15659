using Notify.Sandbox.Control;
using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Page;
using Notify.Sandbox.SecurityCenter;
using Notify.Sandbox.Slack;

namespace Notify.Sandbox;

/// <summary>Puts the web application together, the same for the stand-alone program and for tests.</summary>
internal static class SandboxApp
{
    public static WebApplication Build(SandboxOptions options, SandboxState state, Action<IServiceCollection>? addServices = null)
    {
        // Empty: nothing of the surrounding process (its settings files, its content root) reaches the sandbox.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Notify.Sandbox" });
        builder.WebHost.UseKestrelCore().UseUrls(options.Urls).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(state);

        // The host's own report of a failed start is a page of stack; the program says it in one line.
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);

        // A fault may hold a request for minutes; stopping does not wait for it.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        addServices?.Invoke(builder.Services);

        var app = builder.Build();
        app.Use(IgnoreCallersWhoLeft);
        app.UseRouting();
        // Slack asks whether the other end is still there, and clients count on it.
        app.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = TimeSpan.FromSeconds(10), KeepAliveTimeout = TimeSpan.FromSeconds(30),
        });
        app.MapSlackApi();
        app.MapSlackSocket();
        app.MapRobot();
        app.MapSecurityCenter();
        app.MapControl();
        app.MapPage();
        return app;
    }

    /// <summary>A client that times out or is killed is part of the play, not an error to log.</summary>
    private static async Task IgnoreCallersWhoLeft(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (Exception problem) when (http.RequestAborted.IsCancellationRequested && problem is OperationCanceledException or IOException)
        {
            http.Abort();
        }
    }
}
