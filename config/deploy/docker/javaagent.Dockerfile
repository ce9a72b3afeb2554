# The javaagent as an image, which an init container copies into the pods of applications that stay as they are.
# docker build -f config/deploy/docker/javaagent.Dockerfile -t registry.example.com/gild-javaagent:0.1.0 javaagent/agent/target
FROM busybox:1.37
COPY gild-javaagent.jar /gild-javaagent.jar
RUN chmod 444 /gild-javaagent.jar
USER 1000
CMD ["cp", "/gild-javaagent.jar", "/gild/gild-javaagent.jar"]
