using System.Text.Json.Nodes;

namespace Notify.Admin.ConfigFiles;

/// <summary>The JSON Schema of the file, made of the same keys that read it.</summary>
internal sealed class ConfigSchema(IServiceProvider services)
{
    public const string Path = "/schemas/notify.json";

    public string Write()
    {
        JsonObject properties = new() { ["version"] = new JsonObject { ["const"] = 1 }, ["editable"] = ConfigFields.Type("boolean") };
        foreach (var kind in services.GetServices<IConfigKind>())
        {
            properties[kind.Section] = kind.Schema;
        }

        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Notify.Admin configuration",
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray("version"),
            ["additionalProperties"] = false,
        }.ToJsonString(new() { WriteIndented = true });
    }
}
