/// The version of the program, as it names itself: on the foot of the manual's pages and on the command line.
public enum ProgramVersion {
    public static let text = "0.5.0"
}
