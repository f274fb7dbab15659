using System.Net.Mime;
using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Microsoft.AspNetCore.Http;
using Notify.Admin.Channels;
using Notify.Admin.Events;
using CloudEvent = CloudNative.CloudEvents.CloudEvent;

namespace Notify.Admin.UnitTests.Events;

public sealed class CloudEventReaderTests
{
    private const string Structured = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Vulnerability = "sas-event-vul";

    private static readonly JsonEventFormatter Sdk = new();

    [Theory]
    [InlineData(Structured)]
    [InlineData("application/cloudevents+json; charset=utf-8")]
    [InlineData("Application/CloudEvents+JSON")]
    public void Read_StructuredWithItsAttributesRepeatedInHeaders_IsReadAsStructured(string contentType)
    {
        var read = One(contentType, $$$"""{"specversion":"1.0","id":"a","source":"/s","type":"{{{Vulnerability}}}","data":{"necessity":"asap"}}""",
            ("ce-specversion", "1.0"), ("ce-id", "a"), ("ce-source", "/s"), ("ce-type", Vulnerability));

        read.Fields.Necessity.ShouldBe("asap");
        read.ToRecord(default).Severity.ShouldBe(Severity.High);
    }

    [Theory]
    [InlineData("application/json", "{\"a\":1}", "{\"a\":1}", null)]
    [InlineData("application/vnd.x+json;charset=UTF-8", "[1,2]", "[1,2]", null)]
    [InlineData("application/json", "7", "7", null)]
    [InlineData("application/json", "\"text\"", "\"text\"", null)]
    [InlineData("text/plain", "two\nlines", "\"two\\nlines\"", null)]
    [InlineData("application/xml", "<much wow=\"xml\"/>", "\"\\u003Cmuch wow=\\u0022xml\\u0022/\\u003E\"", null)]
    [InlineData("image/png", "abc", null, "YWJj")]
    [InlineData(null, "{\"a\":1}", "{\"a\":1}", null)]
    [InlineData(null, "not json", null, "bm90IGpzb24=")]
    [InlineData("application/json", "", null, null)]
    [InlineData("text/plain", "", null, null)]
    public void Read_BinaryModeWithAnyData_KeepsItAsTheJsonFormatSaysIt(string? contentType, string body, string? data, string? base64)
    {
        var json = JsonDocument.Parse(One(contentType, body, ("ce-specversion", "1.0"), ("ce-id", "a"), ("ce-source", "/s"),
            ("ce-type", "t")).Json).RootElement;

        Member(json, "data")?.GetRawText().ShouldBe(data);
        Member(json, "data_base64")?.GetString().ShouldBe(base64);
        (Member(json, "data") is null, Member(json, "data_base64") is null).ShouldBe((data is null, base64 is null));
        Member(json, "datacontenttype")?.GetString().ShouldBe(contentType);
    }

    [Theory]
    [InlineData("\"data\":null")]
    [InlineData("\"data\":7")]
    [InlineData("\"data\":[{\"a\":1}]")]
    [InlineData("\"data\":\"text\",\"datacontenttype\":\"text/plain\"")]
    [InlineData("\"data_base64\":\"eyAieHl6IjogMTIzIH0=\"")]
    [InlineData("\"data_base64\":\"AAEC\",\"datacontenttype\":\"application/octet-stream\"")]
    [InlineData("\"data_base64\":\"bm90IGpzb24=\",\"datacontenttype\":\"application/json\"")]
    [InlineData("\"extinteger\":10,\"extboolean\":true,\"extstring\":\"text\",\"extbinary\":\"TWE=\",\"unset\":null")]
    [InlineData("\"data\":{\"a\":1,\"a\":2,\"nul\":\"\\u0000\"}")]
    [InlineData("\"subject\":null,\"time\":null,\"dataschema\":null,\"datacontenttype\":null")]
    public void Read_OddButLegalInABatch_DoesNotRefuseTheOthers(string odd)
    {
        var reading = Read(Batch, $"[{Event("good")},{Event("odd", odd)},{Event("last")}]");

        reading.Problems.ShouldBeEmpty();
        reading.Events.Select(e => e.Id).ShouldBe(["good", "odd", "last"]);
    }

    [Theory]
    [InlineData("\"my.extension\":\"bad\"", "my.extension")]
    [InlineData("\"MyExtension\":\"bad\"", "MyExtension")]
    [InlineData("\"my_extension\":\"bad\"", "my_extension")]
    [InlineData("\"ext\":1.5", "ext")]
    [InlineData("\"ext\":1e3", "ext")]
    [InlineData("\"ext\":2147483648", "ext")]
    [InlineData("\"ext\":{\"a\":1}", "ext")]
    [InlineData("\"ext\":[]", "ext")]
    [InlineData("\"ext\":\"a\\u0000b\"", "ext")]
    [InlineData("\"ext\":\"a\\uFFFEb\"", "ext")]
    [InlineData("\"subject\":\"\"", "subject")]
    [InlineData("\"subject\":7", "subject")]
    [InlineData("\"datacontenttype\":\"xyz\"", "datacontenttype")]
    [InlineData("\"datacontenttype\":\"\"", "datacontenttype")]
    [InlineData("\"dataschema\":\"\"", "dataschema")]
    [InlineData("\"dataschema\":\"/relative\"", "dataschema")]
    [InlineData("\"time\":\"2018-04-05T18:31:00+25:00\"", "time")]
    [InlineData("\"data_base64\":\"%%%\"", "data_base64")]
    [InlineData("\"data_base64\":7", "data_base64")]
    [InlineData("\"data\":1,\"data_base64\":\"YQ==\"", "data_base64")]
    [InlineData("\"type\":\"other\"", "type")]
    [InlineData("\"typ\\u0065\":\"other\"", "type")]
    [InlineData("\"ext\":\"a\",\"e\\u0078t\":\"b\"", "ext")]
    [InlineData("\"data\":1,\"data\":2", "data")]
    [InlineData("\"ext\":\"\\uD83D\"", "event")]
    [InlineData("\"ext\":\"\\u0041\\ude00\"", "event")]
    public void Read_AgainstTheGrammar_NamesTheAttribute(string wrong, string field) =>
        Read(Structured, Event("a", wrong)).Problems[0].Field.ShouldBe(field);

    [Theory]
    [InlineData("ce-datacontenttype", "application/json")]
    [InlineData("ce-data", "x")]
    [InlineData("ce-my-extension", "x")]
    [InlineData("ce-ext", "%C0%A0")]
    [InlineData("ce-source", "/a%20b")]
    public void Read_BinaryModeAgainstTheBinding_IsRefused(string name, string value) =>
        Read("application/json", "{}", [("ce-specversion", "1.0"), ("ce-id", "a"), ("ce-source", "/s"), ("ce-type", "t"),
            .. new[] { (name, value) }]).Status.ShouldBe(StatusCodes.Status400BadRequest);

    [Fact]
    public void Read_NamesAndTextsWrittenWithEscapes_AreWhatTheySay()
    {
        var read = One(Structured, """
            {"specversi\u006Fn":"1.0","\u0069d":"\u0061 \uD83D\uDE00","source":"/s","type":"t","data":{"titl\u0065":"\u6807"}}
            """);

        (read.Id, read.Source, read.Type, read.Fields.Title).ShouldBe(("a 😀", "/s", "t", "标"));
    }

    [Fact]
    public void Read_OneEventInEveryMode_HasOneIdentity()
    {
        const string Id = "Ünïcode \"50%\" 😀";
        const string Source = "/a%20b";
        var json = JsonSerializer.Serialize(new { specversion = "1.0", id = Id, source = Source, type = "t", data = new { } });

        string[] keys =
        [
            One(Structured, json).Key,
            Read(Batch, $"[{json}]").Events.Single().Key,
            One("application/json", json).Key,
            One("application/json", "{}", ("ce-specversion", "1.0"), ("CE-Id", "%C3%9Cn%C3%AFcode%20%2250%25%22%20%F0%9F%98%80"),
                ("ce-source", "/a%2520b"), ("ce-type", "t")).Key,
            One("text/plain", "", ("ce-specversion", "1.0"), ("ce-id", "\"Ünïcode \\\"50%25\\\" 😀\""), ("ce-source", "/a%2520b"),
                ("ce-type", "t")).Key,
        ];

        keys.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void Read_WhatTheSdkWrites_IsTheSameEvent()
    {
        CloudEvent[] events =
        [
            new() { Id = "1", Source = new Uri("/s", UriKind.Relative), Type = "t" },
            new() { Id = "2", Source = new Uri("https://e.test/x#y"), Type = "t", Subject = "s", Time = DateTimeOffset.UnixEpoch,
                DataSchema = new Uri("https://e.test/schema"), DataContentType = MediaTypeNames.Application.Json,
                Data = new { title = "Said", severity = "high" } },
            new() { Id = "3", Source = new Uri("urn:x"), Type = "t", DataContentType = "text/plain", Data = "plain text" },
            new() { Id = "4", Source = new Uri("urn:x"), Type = "t", DataContentType = "application/octet-stream",
                Data = new byte[] { 0, 1, 2 } },
        ];
        events[1][CloudEventAttribute.CreateExtension("extinteger", CloudEventAttributeType.Integer)] = 10;
        events[1][CloudEventAttribute.CreateExtension("extboolean", CloudEventAttributeType.Boolean)] = true;

        foreach (var sent in events)
        {
            var bytes = Sdk.EncodeStructuredModeMessage(sent, out var type);
            var read = One(type.ToString(), Encoding.UTF8.GetString(bytes.Span));
            (read.Id, read.Source, read.Type, read.Time).ShouldBe((sent.Id, sent.Source!.OriginalString, sent.Type, sent.Time));
        }

        var batch = Sdk.EncodeBatchModeMessage(events, out var batchType);
        Read(batchType.ToString(), Encoding.UTF8.GetString(batch.Span)).Events.Count.ShouldBe(events.Length);
    }

    // Where the SDK is stricter than it is written down, or the other way round, the text of the standard counts; here they agree.
    [Theory]
    [InlineData("\"data\":7")]
    [InlineData("\"data_base64\":\"AAEC\"")]
    [InlineData("\"ext\":10")]
    [InlineData("\"ext\":true")]
    [InlineData("\"ext\":1.5")]
    [InlineData("\"ext\":{}")]
    [InlineData("\"MyExtension\":\"bad\"")]
    [InlineData("\"my.extension\":\"bad\"")]
    [InlineData("\"time\":\"lunchtime\"")]
    [InlineData("\"time\":\"2018-04-05T18:31Z\"")]
    [InlineData("\"subject\":\"\"")]
    [InlineData("\"datacontenttype\":\"xyz\"")]
    [InlineData("\"data\":1,\"data_base64\":\"YQ==\"")]
    public void Read_AsTheSdkReads_Agrees(string member)
    {
        var json = Event("a", member);
        bool SdkReads()
        {
            try
            {
                Sdk.DecodeStructuredModeMessage(Encoding.UTF8.GetBytes(json), new ContentType(Structured), null).Validate();
                return true;
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
            {
                return false;
            }
        }

        (Read(Structured, json).Status == StatusCodes.Status202Accepted).ShouldBe(SdkReads());
    }

    [Fact]
    public void Read_JsonAsBase64_HasItsFields()
    {
        var data = Convert.ToBase64String("""{"necessity":"asap","title":"OpenSSL"}"""u8);

        var read = One(Structured, $$"""{"specversion":"1.0","id":"a","source":"/s","type":"{{Vulnerability}}","data_base64":"{{data}}"}""");

        (read.Fields.Necessity, read.Fields.Title).ShouldBe(("asap", "OpenSSL"));
        EventPayload.ToRecord(read.ToRow(read.ToRecord(default))).Fields.ShouldBe(read.Fields);
    }

    // What falcosidekick's CloudEvents output sends: binary mode, the alert as data, and its gist in extensions.
    [Fact]
    public void Read_OfFalcosidekick_IsReadable()
    {
        var read = One("application/json", """
            {"uuid":"d2a","output":"10:20:05 Warning A shell was spawned in a container (user=root)","priority":"Warning",
             "rule":"Terminal shell in container","time":"2026-01-31T10:20:05Z","source":"syscall","tags":["shell"],
             "output_fields":{"proc.name":"bash"},"hostname":"node-7"}
            """,
            ("ce-specversion", "1.0"), ("ce-id", "d2a"), ("ce-source", "https://falco.org"), ("ce-type", "falco.rule.output.v1"),
            ("ce-priority", "Warning"), ("ce-rule", "Terminal%20shell%20in%20container"), ("ce-eventsource", "syscall"),
            ("ce-hostname", "node-7"), ("ce-time", "2026-01-31T10:20:05Z"));

        (read.Fields.Title, read.Fields.Asset).ShouldBe(("Terminal shell in container", "node-7"));
        read.Fields.Description!.ShouldContain("A shell was spawned");
        read.ToRecord(default).Severity.ShouldBe(Severity.Medium);
    }

    [Fact]
    public void Read_OfText_ShowsItsFirstLineAndItsSubject()
    {
        var read = One("text/plain", "Backup failed\non node 7", ("ce-specversion", "1.0"), ("ce-id", "a"), ("ce-source", "/backup"),
            ("ce-type", "backup"), ("ce-subject", "node-7"));

        (read.Fields.Title, read.Fields.Asset, read.Fields.Description)
            .ShouldBe(("Backup failed", "node-7", "Backup failed\non node 7"));
        read.ToRecord(default).Severity.ShouldBe(Severity.NotStated);
        EventPayload.ReadText(read.Json).ShouldBe("Backup failed\non node 7");
    }

    private static JsonElement? Member(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value : null;

    private static string Event(string id, string? member = null) => $$"""
        {"specversion":"1.0","id":"{{id}}","source":"/s","type":"com.example.other"{{(member is null ? "" : "," + member)}}}
        """;

    [Fact]
    public void Read_AnEventThatOnlyASourceMakes_IsRefused() =>
        Read(Structured, """{"specversion":"1.0","id":"a","source":"/s","type":"source.unmapped","data":{}}""").Problems
            .ShouldHaveSingleItem().Field.ShouldBe("type");

    private static ParsedEvent One(string? contentType, string body, params (string Name, string Value)[] headers)
    {
        var reading = Read(contentType, body, headers);
        reading.Problems.ShouldBeEmpty();
        return reading.Events.ShouldHaveSingleItem();
    }

    private static EventReading Read(string? contentType, string body, params (string Name, string Value)[] headers)
    {
        var given = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            given.Append(name, value);
        }

        return CloudEventReader.Read(contentType, given, Encoding.UTF8.GetBytes(body));
    }
}
