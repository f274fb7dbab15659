using System.Collections.Concurrent;

namespace Notify.Sandbox.DingTalk;

/// <summary>The robots there are, by token.</summary>
public sealed class RobotList
{
    private readonly ConcurrentDictionary<string, RobotGate> _gates = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    internal RobotList(TimeProvider time) => _time = time;

    /// <summary>All robots, by name.</summary>
    public IReadOnlyList<SandboxRobot> All =>
        [.. _gates.Values.Select(gate => gate.Robot).OrderBy(robot => robot.DisplayName, StringComparer.Ordinal)];

    /// <summary>Adds a robot or replaces the one with that token; its message count and any ten-minute block start anew.</summary>
    /// <exception cref="ArgumentException">A value makes no sense; the message names it.</exception>
    public void Put(SandboxRobot robot)
    {
        if (robot.FindProblem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(robot));
        }

        _gates[robot.Token] = new RobotGate(robot, _time);
    }

    /// <summary>Takes a robot away; calls to it are answered as to an unknown token.</summary>
    public bool Remove(string token) => _gates.TryRemove(token, out _);

    /// <summary>When the robot's ten-minute block ends; null when it is not blocked.</summary>
    public DateTimeOffset? BlockedUntil(string token) => Find(token)?.BlockedUntil;

    internal RobotGate? Find(string token) => _gates.GetValueOrDefault(token);

    internal void Reset()
    {
        _gates.Clear();
        foreach (var robot in RobotSeeds.All)
        {
            Put(robot);
        }
    }
}
