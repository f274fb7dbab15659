using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackCoverTests
{
    private static readonly string[] Types =
    [
        "scan.started", "scan.completed", "scan.aborted", "scan.stopped", "scan.deleted", "scan.paused", "scan.resumed",
        "alertmanager.alert", "sas-event-vul",
    ];

    [Fact]
    public void Cover_EveryCombinationOfSwitches_SaysWhatMatchingSaysOfEveryEventOfTheClass()
    {
        var random = new Random(7);
        bool Toss() => random.Next(2) == 0;
        var listeners = Enumerable.Range(1, 300).Select(id => new SlackListener(new ChannelKey(ChannelKind.Slack, id), $"c{id}",
            new SlackSwitches
            {
                IsOn = random.Next(5) > 0,
                SlackNotify = random.Next(4) == 0,
                SlackAborted = Toss(),
                SlackCompleteAborted = Toss(),
                SlackStop = Toss(),
                SlackDelete = Toss(),
                SlackPause = Toss(),
                SlackUnpause = Toss(),
                SlackStartFromQueue = Toss(),
                SlackStartFromSchedule = Toss(),
                SlackAvgThreat = (SlackAvgThreat)random.Next(4),
            })).ToList();
        var snapshot = new SlackMatcherSnapshot(listeners, SlackTexts.Localizer);

        foreach (var type in Types)
        {
            foreach (var severity in Enum.GetValues<Severity>())
            {
                var covers = snapshot.Cover(new EventClass(type, severity)).ToDictionary(cover => cover.Channel, cover => cover.IsWhole);
                var records = RecordsOf(type, severity).ToList();
                foreach (var listener in listeners)
                {
                    var heard = records.Count(record => SlackMatching.Decide(listener.Switches, record).Hears);
                    (covers.TryGetValue(listener.Channel, out var isWhole) ? isWhole ? records.Count : -1 : 0).ShouldBe(
                        heard == 0 ? 0 : heard == records.Count ? records.Count : -1, $"{type} {severity}: {listener.Switches}");
                }
            }
        }
    }

    private static IEnumerable<EventRecord> RecordsOf(string type, Severity severity)
    {
        EventFields[] fields = type switch
        {
            "scan.started" => [new() { Trigger = "schedule" }, new() { Trigger = "queue" }, new()],
            "scan.completed" or "scan.aborted" => [new() { AvgThreat = severity is Severity.NotStated or Severity.Critical
                ? null : severity.ToString() }],
            _ => [new()],
        };
        return fields.Select(one => new EventRecord(0, "", "", type, DateTimeOffset.UnixEpoch, severity, one));
    }
}
