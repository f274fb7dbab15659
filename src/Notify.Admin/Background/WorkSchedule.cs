namespace Notify.Admin.Background;

/// <summary>When a piece of background work runs.</summary>
/// <param name="Name">What it is called in the log and under <c>/health/ready</c>, and the key of its text: <c>retention</c>.</param>
/// <param name="Every">From one run to the next, while it works.</param>
public sealed record WorkSchedule(string Name, TimeSpan Every)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeastLongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Runs when the program starts, too; otherwise first after <see cref="Every"/>.</summary>
    public bool AtStart { get; init; }

    /// <summary>How long to wait after so many failures in a row: rare work is tried again soon, frequent work less often than usual; both
    /// wait twice as long each time.</summary>
    public TimeSpan PauseAfter(int failures)
    {
        if (failures == 0)
        {
            return Every;
        }

        var first = Every < FirstPause ? Every : FirstPause;
        var longest = Every > LeastLongestPause ? Every : LeastLongestPause;
        var pause = first * Math.Pow(2, Math.Min(failures - 1, 20));
        return pause < longest ? pause : longest;
    }
}
