namespace Notify.Sandbox.DingTalk;

/// <summary>
/// One robot with its memory of recent messages. DingTalk's limit: 20 messages in any 60 s; the next one shuts the robot for ten
/// minutes. Only accepted messages count, and calls during the block do not lengthen it.
/// </summary>
internal sealed class RobotGate(SandboxRobot robot, TimeProvider time)
{
    private static readonly TimeSpan Penalty = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly SlidingWindow _accepted = new(TimeSpan.FromMinutes(1));
    private DateTimeOffset? _blockedUntil;

    public SandboxRobot Robot { get; } = robot;

    public DateTimeOffset? BlockedUntil
    {
        get
        {
            lock (_lock)
            {
                return _blockedUntil > time.GetUtcNow() ? _blockedUntil : null;
            }
        }
    }

    /// <summary>Runs <paramref name="otherChecks"/> if the rate allows, and counts the message when they pass. One call at a time, so that
    /// two cannot share the last place.</summary>
    public Answer Admit(ErrorStyle style, Func<DateTimeOffset, Answer?> otherChecks)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (IsTooFast(now))
            {
                return RobotAnswers.TooFast(style, Robot.PerMinute);
            }

            if (otherChecks(now) is { } refusal)
            {
                return refusal;
            }

            if (Robot.PerMinute > 0)
            {
                _accepted.Add(now);
            }

            return RobotAnswers.Ok;
        }
    }

    private bool IsTooFast(DateTimeOffset now)
    {
        if (_blockedUntil > now)
        {
            return true;
        }

        if (Robot.PerMinute == 0 || _accepted.CountAt(now) < Robot.PerMinute)
        {
            return false;
        }

        _blockedUntil = now + Penalty;
        return true;
    }
}
