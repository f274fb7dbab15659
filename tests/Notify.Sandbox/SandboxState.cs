using Notify.Sandbox.DingTalk;
using Notify.Sandbox.Faults;
using Notify.Sandbox.SecurityCenter;
using Notify.Sandbox.Slack;

namespace Notify.Sandbox;

/// <summary>Everything one sandbox knows. Safe to use from any thread.</summary>
internal sealed class SandboxState
{
    private volatile SandboxSettings _settings = new();

    public SandboxState(SandboxOptions options, TimeProvider time)
    {
        Time = time;
        Messages = new Journal<SandboxMessage>(options.KeepMessages);
        Calls = new Journal<SandboxCall>(options.KeepCalls);
        Faults = new FaultList(options.Seed);
        Slack = new SlackState(time);
        Robots = new RobotList(time);
        SecurityCenter = new SecurityCenterState(time);
        Reset();
    }

    public TimeProvider Time { get; }
    public Journal<SandboxMessage> Messages { get; }
    public Journal<SandboxCall> Calls { get; }
    public FaultList Faults { get; }
    public SlackState Slack { get; }
    public RobotList Robots { get; }
    public SecurityCenterState SecurityCenter { get; }
    public Counters Counters { get; } = new();

    public SandboxSettings Settings
    {
        get => _settings;
        set => _settings = value;
    }

    public void Reset()
    {
        Settings = new SandboxSettings();
        Faults.Clear();
        Slack.Reset();
        Robots.Reset();
        SecurityCenter.Reset();
        Messages.Clear();
        Calls.Clear();
        Counters.Clear();
    }
}
