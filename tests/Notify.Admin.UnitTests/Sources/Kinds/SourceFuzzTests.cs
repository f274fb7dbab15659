using System.Globalization;
using System.Text;
using System.Text.Json;
using Notify.Admin.Sources;
using Notify.Admin.Security;

namespace Notify.Admin.UnitTests.Sources.Kinds;

/// <summary>Random JSON through every kind: whatever comes, the answer is events that keep the limits, or problems. <c>NOTIFY_FUZZ</c> sets
/// how many payloads.</summary>
public sealed class SourceFuzzTests
{
    private static readonly string[] Words =
    [
        "alerts", "alert", "status", "labels", "annotations", "notification", "subject", "vulnerability", "component", "report", "summary",
        "criticalCount", "metadata", "name", "findings", "new", "id", "title", "severity", "startsAt", "fingerprint", "heartbeat",
        "monitor",
        "msg", "time", "data", "rule", "priority", "output_fields", "firing", "resolved", "https://example.net/x", "javascript:x", "\u0000",
        "2026-11-28T09:51:03Z", "9999-12-31T23:59:59Z", "-1", "", " ", "/", "~", "\\ud800", "𝕏", "操作",
    ];

    [Fact]
    public void Map_RandomPayloads_AreEventsWithinTheLimitsOrProblems()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("NOTIFY_FUZZ") ?? "5000", CultureInfo.InvariantCulture);
        var files = BuiltInMappingsTests.All().Select(p => (p.Kind, Text: BuiltInMappingsTests.Payload(p.Name))).ToList();
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var kind = BuiltInMappings.Kinds[seed % BuiltInMappings.Kinds.Count];
            var own = files.Where(file => file.Kind == kind).ToList();
            var payload = random.Next(3) == 0 ? Mutated(random, own[random.Next(own.Count)].Text) : Any(random, 0);
            JsonDocument document;
            try
            {
                document = JsonDocument.Parse(payload);
            }
            catch (JsonException)
            {
                continue;
            }

            using (document)
            {
                var mapped = MappingRun.Apply(BuiltInMappings.Of(kind), document.RootElement,
                    _ => random.Next(2) == 0 ? Words[random.Next(Words.Length)] : null);

                foreach (var one in mapped.Events)
                {
                    var because = $"seed {seed}, {kind}: {payload}";
                    one.Id.Length.ShouldBeInRange(1, MappingLimits.Id, because);
                    one.Title.Length.ShouldBeInRange(1, MappingLimits.Title, because);
                    PlainText.Is(one.Title + one.Text + one.Asset + one.Group + one.Kind + one.Id).ShouldBeTrue(because);
                    one.Labels.Count.ShouldBeLessThanOrEqualTo(MappingLimits.Labels, because);
                    (one.Link is null || one.Link.StartsWith("http", StringComparison.Ordinal)).ShouldBeTrue(because);
                    one.Kind.ShouldNotStartWith("notify.", Case.Sensitive, because);
                }
            }
        }
    }

    [Fact]
    public void Read_RandomMappings_AreReadOrRefused()
    {
        var texts = BuiltInMappings.Kinds.Select(kind => BuiltInMappings.Text(kind)!).ToList();
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var text = random.Next(2) == 0 ? Mutated(random, texts[random.Next(texts.Count)]) : Any(random, 0);

            var (mapping, problems) = MappingReader.Read(text);

            (mapping is null).ShouldBe(problems.Count > 0, $"seed {seed}: {text}");
        }
    }

    private static string Mutated(Random random, string text)
    {
        var changed = new StringBuilder(text);
        for (var times = random.Next(1, 8); times > 0 && changed.Length > 10; times--)
        {
            var at = random.Next(changed.Length - 5);
            switch (random.Next(4))
            {
                case 0:
                    changed.Remove(at, random.Next(1, 5));
                    break;
                case 1:
                    changed[at] = (char)random.Next(32, 127);
                    break;
                case 2:
                    changed.Insert(at, Words[random.Next(Words.Length)]);
                    break;
                default:
                    changed.Insert(at, Any(random, 3));
                    break;
            }
        }

        return changed.ToString();
    }

    private static string Any(Random random, int depth) => random.Next(depth > 4 ? 4 : 7) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : random.NextInt64().ToString(CultureInfo.InvariantCulture),
        2 => (random.NextDouble() * Math.Pow(10, random.Next(-20, 40))).ToString("R", CultureInfo.InvariantCulture),
        3 => Word(random),
        4 => $"[{string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => Any(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(8)).Select(_ => $"{Word(random)}:{Any(random, depth + 1)}"))}}}",
    };

    private static string Word(Random random) =>
        random.Next(12) == 0 ? "\"\\ud83d\"" : JsonSerializer.Serialize(Words[random.Next(Words.Length)]);
}
