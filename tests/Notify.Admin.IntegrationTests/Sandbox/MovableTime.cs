namespace Notify.Admin.IntegrationTests.Sandbox;

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class MovableTime(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Move(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
