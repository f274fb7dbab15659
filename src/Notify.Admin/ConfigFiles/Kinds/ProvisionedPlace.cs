using Notify.Admin.Data;

namespace Notify.Admin.ConfigFiles;

/// <summary>What a file may do to a thing that comes from a file of the directory.</summary>
internal static class ProvisionedPlace
{
    /// <param name="isChanged">The file has it otherwise than it stands.</param>
    public static void Check(ProvisionedObject mark, bool isChanged, int line, ConfigPlace place)
    {
        if (ProvisioningScope.File is { } file && file != mark.File)
        {
            place.Refuse(line, ConfigRules.InTwoFiles(mark.File));
        }
        else if (ProvisioningScope.File is null && isChanged && !mark.IsEditable)
        {
            place.Refuse(line, ConfigRules.Provisioned(mark.File));
        }
    }
}
