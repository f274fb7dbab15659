using System.Text.Json;
using Notify.Admin.Channels;

namespace Notify.Admin.UnitTests.Channels;

public class EventPayloadTests
{
    [Theory]
    [InlineData("""{"title":"first","other":{"title":"within"},"title":"last"}""", "last")]
    [InlineData("""{"title":"first","title":7,"summary":"short"}""", "short")]
    [InlineData("""{"rule":"Rule","t\u0069tle":"escaped"}""", "escaped")]
    [InlineData("""{"rule":"Rule","titles":"other","Title":"other"}""", "Rule")]
    public void ReadFields_AMember_IsTheLastOfItsName(string data, string title)
    {
        using var json = JsonDocument.Parse($$"""{"data":{{data}}}""");

        EventPayload.ReadFields(json.RootElement).Title.ShouldBe(title);
    }

    [Fact]
    public void ReadFields_EveryMember_IsItsOwnField()
    {
        string[] names = ["title", "asset", "target", "scanId", "trigger", "avgThreat", "groupId", "group", "item_level", "event_type",
            "type", "necessity", "severity", "description", "problem"];
        var data = string.Join(',', names.Select(name => $"\"{name}\":\"{name}\""));
        const string Rest = """ "state":"open","link":"https://example.com/1","labels":{"a":"b"} """;
        using var json = JsonDocument.Parse($$"""{"data":{ {{data}},{{Rest}} } }""");

        var fields = EventPayload.ReadFields(json.RootElement);

        string?[] read = [fields.Title, fields.Asset, fields.Target, fields.ScanId, fields.Trigger, fields.AvgThreat, fields.GroupId,
            fields.Group, fields.ItemLevel, fields.EventType, fields.Type, fields.Necessity, fields.Severity, fields.Description,
            fields.Problem];
        read.ShouldBe(names);
        (fields.State, fields.Link, fields.Labels["a"]).ShouldBe((EventState.Open, "https://example.com/1", "b"));
    }

    [Theory]
    [InlineData("""{"summary":"s","rule":"r","priority":"p","message":"m","output":"o"}""", "s", "p", "m")]
    [InlineData("""{"rule":"r","output":"o"}""", "r", null, "o")]
    public void ReadFields_WhatOtherProgramsCallThem_StandsIn(string data, string title, string? severity, string description)
    {
        using var json = JsonDocument.Parse($$"""{"data":{{data}}}""");

        var fields = EventPayload.ReadFields(json.RootElement);

        (fields.Title, fields.Severity, fields.Description).ShouldBe((title, severity, description));
    }
}
