using System.Collections.Concurrent;

namespace Notify.Sandbox;

/// <summary>Counts of everything, cheap enough for thousands of messages a second.</summary>
public sealed class Counters
{
    private readonly ConcurrentDictionary<string, long> _codes = new();
    private readonly ConcurrentDictionary<string, long> _destinations = new();
    private long _securityCenterCalls;
    private long _slackCalls, _slackMessages, _dingTalkCalls, _dingTalkMessages, _faults;

    public long SlackCalls => Interlocked.Read(ref _slackCalls);
    public long SlackMessages => Interlocked.Read(ref _slackMessages);
    public long DingTalkCalls => Interlocked.Read(ref _dingTalkCalls);
    public long SecurityCenterCalls => Interlocked.Read(ref _securityCenterCalls);
    public long DingTalkMessages => Interlocked.Read(ref _dingTalkMessages);

    /// <summary>Accepted messages of both vendors.</summary>
    public long Messages => SlackMessages + DingTalkMessages;

    /// <summary>Calls to which a fault was applied.</summary>
    public long Faults => Interlocked.Read(ref _faults);

    /// <summary>Answers by <c>method code</c>, for instance <c>chat.postMessage not_in_channel</c> or <c>robot/send 310000</c>.</summary>
    public IReadOnlyDictionary<string, long> Answers => new SortedDictionary<string, long>(_codes, StringComparer.Ordinal);

    /// <summary>Accepted messages by channel id or robot name.</summary>
    public IReadOnlyDictionary<string, long> Destinations => new SortedDictionary<string, long>(_destinations, StringComparer.Ordinal);

    /// <summary>All back to nothing.</summary>
    public void Clear()
    {
        Interlocked.Exchange(ref _slackCalls, 0);
        Interlocked.Exchange(ref _slackMessages, 0);
        Interlocked.Exchange(ref _dingTalkCalls, 0);
        Interlocked.Exchange(ref _dingTalkMessages, 0);
        Interlocked.Exchange(ref _securityCenterCalls, 0);
        Interlocked.Exchange(ref _faults, 0);
        _codes.Clear();
        _destinations.Clear();
    }

    internal void CountCall(CallTarget call, string code, bool faulty)
    {
        switch (call.Target)
        {
            case SandboxTarget.Slack:
                Interlocked.Increment(ref _slackCalls);
                break;
            case SandboxTarget.DingTalk:
                Interlocked.Increment(ref _dingTalkCalls);
                break;
            case SandboxTarget.SecurityCenter:
                Interlocked.Increment(ref _securityCenterCalls);
                break;
        }

        _codes.AddOrUpdate($"{call.Method} {code}", 1, (_, count) => count + 1);
        if (faulty)
        {
            Interlocked.Increment(ref _faults);
        }
    }

    internal void CountMessage(CallTarget call)
    {
        Interlocked.Increment(ref call.Target == SandboxTarget.Slack ? ref _slackMessages : ref _dingTalkMessages);
        _destinations.AddOrUpdate(call.Destination ?? "", 1, (_, count) => count + 1);
    }
}
