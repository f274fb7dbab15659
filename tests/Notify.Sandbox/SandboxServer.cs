using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.SecurityCenter;
using Notify.Sandbox.Slack;

namespace Notify.Sandbox;

/// <summary>
/// A sandbox inside the caller's process: a real server on a free loopback port, with direct access to what it received and to
/// what it pretends to be. Each test can have its own; starting one takes a few milliseconds.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SandboxState _state;

    private SandboxServer(WebApplication app, SandboxState state)
    {
        _app = app;
        _state = state;
        BaseAddress = new Uri(app.Urls.First() + "/");
    }

    /// <summary>Where it listens, with a trailing slash.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The value for <c>Slack:ApiUrl</c>.</summary>
    public Uri SlackApiUrl => new(BaseAddress, "api/");

    /// <summary>The value for <c>DingTalk:AllowedWebhooks</c>: the robot's address without its token.</summary>
    public Uri RobotBaseUrl => new(BaseAddress, "robot/send");

    /// <summary>Every message that was accepted, oldest first.</summary>
    public Journal<SandboxMessage> Messages => _state.Messages;

    /// <summary>Every call to Slack's API or a robot, accepted or not, oldest first.</summary>
    public Journal<SandboxCall> Calls => _state.Calls;

    /// <summary>What goes wrong on purpose.</summary>
    public FaultList Faults => _state.Faults;

    /// <summary>What the pretended Slack consists of.</summary>
    public SlackState Slack => _state.Slack;

    /// <summary>The DingTalk robots there are.</summary>
    public RobotList Robots => _state.Robots;

    /// <summary>What the pretended Security Center consists of.</summary>
    public SecurityCenterState SecurityCenter => _state.SecurityCenter;

    /// <summary>Switches; assign a changed copy.</summary>
    public SandboxSettings Settings
    {
        get => _state.Settings;
        set => _state.Settings = value;
    }

    /// <summary>Counts of everything since the start or the last reset, kept even when bodies are not.</summary>
    public Counters Counters => _state.Counters;

    /// <summary>Starts a sandbox. Without options it takes a free loopback port.</summary>
    /// <param name="options">Null: a free port and the defaults.</param>
    /// <param name="time">The clock of rate windows, signatures and token expiry. Delays of faults are always real time.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static async Task<SandboxServer> StartAsync(
        SandboxOptions? options = null, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        options ??= new SandboxOptions { Urls = "http://127.0.0.1:0" };
        var state = new SandboxState(options, time ?? TimeProvider.System);
        var app = SandboxApp.Build(options, state, services => services.AddSingleton<IHostLifetime, GuestLifetime>());
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new SandboxServer(app, state);
    }

    /// <summary>Presses a button of a message, as a person in Slack would.</summary>
    /// <param name="ts">Of the message.</param>
    /// <param name="times">How often the app is told: more than once where it did not acknowledge in time.</param>
    /// <returns>How many of these were acknowledged within three seconds; null where nobody is connected.</returns>
    public Task<int?> PressAsync(string ts, string actionId, string userId, int times = 1) =>
        SlackPress.RunAsync(_state, ts, actionId, userId, times);

    /// <summary>The full webhook address of the robot with that token.</summary>
    public Uri RobotUrl(string token) => new(RobotBaseUrl, $"?access_token={Uri.EscapeDataString(token)}");

    /// <summary>Waits until <paramref name="count"/> messages are there (those already received count), and returns them.</summary>
    /// <exception cref="TimeoutException">Fewer arrived in time; the message says what did arrive.</exception>
    public async Task<IReadOnlyList<SandboxMessage>> WaitForMessagesAsync(
        int count, TimeSpan timeout, Func<SandboxMessage, bool>? where = null, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Messages.WaitAsync(count, timeout, where, cancellationToken);
        }
        catch (TimeoutException problem)
        {
            var refused = Calls.All.TakeLast(5).Select(call => $"{call.Target} {call.Method} {call.Destination}: {call.Code}");
            throw new TimeoutException($"{problem.Message} Last calls: {string.Join("; ", refused)}.", problem);
        }
    }

    /// <summary>Waits until a message satisfies <paramref name="predicate"/> (one already received counts), and returns the first that
    /// does.</summary>
    /// <exception cref="TimeoutException">None arrived in time; the message says what did arrive.</exception>
    public async Task<SandboxMessage> WaitForMessageAsync(
        Func<SandboxMessage, bool> predicate, TimeSpan timeout, CancellationToken cancellationToken = default) =>
        (await WaitForMessagesAsync(1, timeout, predicate, cancellationToken))[0];

    /// <summary>Back to the seeded state: no messages, no faults, no counts, the default tokens, channels and robots.</summary>
    public void Reset() => _state.Reset();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>Ctrl+C belongs to the process that hosts the sandbox; the ordinary lifetime would swallow it.</summary>
    private sealed class GuestLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
